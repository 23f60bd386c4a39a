/**
 * What a person sees of a training: {@code report.html}, a summary for the terminal, and progress
 * lines, from metrics and history alone. Pure functions from trees to text: no clock, no locale, no
 * files, no network; the page needs no script and opens anywhere.
 *
 * <p>Formats. Numbers that are missing, {@code null} or not finite are shown as a dash and drawn as
 * a gap; fields not named here are ignored in histories and shown as they are in provenance.
 *
 * <pre>
 * metrics.json   {"train": SPLIT, "validation": SPLIT, "test": SPLIT,     each of them optional
 *                 "baselines": {"NAME": {"accuracy": 0.82, …}}}           optional, of the test set
 * SPLIT          every number is a score by its plain name ("accuracy", "rmse", "loss", …), and
 *                "count": targets, "unknown": targets whose label training never saw; then
 *   of classes   "perClass": [{"label", "precision", "recall", "f1", "support"}],
 *                "confusion": {"labels": […], "counts": [[…], …], "unknown": […]}
 *                                    a row an actual class; optional the row of unknown targets
 *   of numbers   "perOutput": [{"output", "rmse", "mae", "r2",
 *                               "residuals": {"from", "width", "counts": […]}}],
 *                "sample": [{"id", "actual": […], "predicted": […]}]
 *                                    a number a step, or an array a step with a number an output
 *   of sequences "examples": [{"source": […], "references": [[…], …], "output": […], "score": …,
 *                               "attention": [[…], …]}]
 *                                    a row a token of the output and one for its end; may be empty
 * history.jsonl  a line an epoch:
 *                {"epoch": 1, "epochs": 50, "rounds": 1, "loss": …, "learningRate": …,
 *                 "validation": {"loss": …, "accuracy": …}, "steps": …, "seconds": …,
 *                 "stepsPerSecond": …, "best": true, "dropped": 0,
 *                 "rollbacks": 0, "gradientNorms": {"encoder.0": …, "head.0": …}}
 *                best: better than every epoch before; the last such epoch is the one kept
 *                dropped: shards left out of an average because they were not finite
 *                rollbacks: how often the epoch began anew with smaller steps
 * provenance     each of them optional:
 *                {"title", "task", "network", "parameters", "data" (text or object),
 *                 "metric" (what training was selected by), "seed", "partitions",
 *                 "started", "finished" (ISO 8601), "notes" (text or list of texts),
 *                 "versions": {"spark-rnn": …, "spark": …}, "command" (that made the model),
 *                 "job" (text of the effective job file),
 *                 "members" (an object for each network of an ensemble)}
 * </pre>
 */
package io.sparkrnn.report;
