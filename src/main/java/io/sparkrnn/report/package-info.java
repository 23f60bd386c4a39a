/**
 * What a person sees of a training: {@code report.html}, a summary for the terminal, and progress
 * lines, from metrics and history alone. Pure functions from trees to text: no clock, no locale, no
 * files, no network; the page needs no script and opens anywhere.
 *
 * <p>Formats. Numbers that are missing, {@code null} or not finite are shown as a dash and drawn as
 * a gap; fields not named here are ignored in histories and shown as they are in provenance.
 *
 * <pre>
 * metrics.json    {"train": SPLIT, "validation": SPLIT, "test": SPLIT,      each of them optional
 *                  "baselines": {"NAME": {"accuracy": 0.82, …}}}            optional, measured on test
 * SPLIT           every number is a score by its plain name ("accuracy", "rmse", …, "loss", "count"), then
 *   classes       "unknown": targets whose label training never saw (optional)
 *                 "perClass": [{"label", "precision", "recall", "f1", "support"}]
 *                 "confusion": {"labels": […], "counts": [[…] a row an actual class], "unknown": […]}
 *   numbers       "perOutput": [{"output", "rmse", "mae", "r2",
 *                                "residuals": {"from", "width", "counts": […]}}]
 *                 "sample": [{"id", "actual": […], "predicted": […]}]       a number a step, or an
 *                                                                          array a step: one number an output
 * history.jsonl   a line an epoch: {"epoch": 1, "epochs": 50, "rounds": 1, "loss": …, "learningRate": …,
 *                  "validation": {"loss": …, "accuracy": …}, "steps": …, "seconds": …,
 *                  "stepsPerSecond": …, "best": true}     best: better than all before; the last one is kept
 * provenance      {"title", "task", "network", "parameters", "data" (text or object), "metric" (what training
 *                  was selected by), "seed", "partitions", "started", "finished" (ISO 8601), "notes" (text or
 *                  list), "versions": {"spark-rnn": …, "spark": …}, "command", "job" (text of the effective
 *                  job file)}                                                each of them optional
 * </pre>
 */
package io.sparkrnn.report;
