package io.sparkrnn.job;

import io.sparkrnn.report.EpochStatus;
import io.sparkrnn.report.ProgressBar;
import io.sparkrnn.report.ProgressLine;
import io.sparkrnn.training.EpochRecord;
import io.sparkrnn.training.TrainingListener;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Tells the progress of a training: a bar on a terminal, else a line an epoch. The time left is
 * that of the network at hand, by the epochs seen of it: of an ensemble one follows another, and a
 * training that is resumed begins late.
 */
final class Progress implements TrainingListener {

  private static final int COLUMNS = 100;

  private final PrintStream out;
  private final boolean terminal;
  private final String metric;
  private double best = Double.NaN;
  private int bestEpoch;
  private double seconds;
  private int seen;
  private int last;

  Progress(PrintStream out, boolean terminal, String metric) {
    this.out = out;
    this.terminal = terminal;
    this.metric = metric;
  }

  @Override
  public void epochEnded(EpochRecord record) {
    if (record.epoch() <= last) {
      beginAnew();
    }
    last = record.epoch();
    seen++;
    seconds += record.seconds();
    record
        .validation()
        .filter(scores -> record.best())
        .ifPresent(
            scores -> {
              best = scores.getOrDefault(metric, Double.NaN);
              bestEpoch = record.epoch();
            });
    EpochStatus status =
        new EpochStatus(
            record.epoch(),
            record.epochs(),
            record.loss(),
            validation(record),
            record.steps() / record.trainingSeconds(),
            seconds / seen * (record.epochs() - record.epoch()));
    if (terminal) {
      double done = (double) record.epoch() / record.epochs();
      out.print(ProgressBar.redraw(done, status, COLUMNS));
    } else {
      out.println(ProgressLine.of(status));
    }
    out.flush();
  }

  private void beginAnew() {
    seconds = 0;
    seen = 0;
    best = Double.NaN;
    bestEpoch = 0;
  }

  /** Ends the line of a bar. */
  void end() {
    if (terminal) {
      out.println();
    }
  }

  private Optional<EpochStatus.Validation> validation(EpochRecord record) {
    return record
        .validation()
        .filter(scores -> scores.containsKey(metric))
        .map(scores -> scores.getOrDefault(metric, Double.NaN))
        .map(score -> new EpochStatus.Validation(metric, score, best, bestEpoch));
  }
}
