package io.sparkrnn.report;

import java.util.ArrayList;
import java.util.List;

/**
 * One line an epoch, for logs:
 *
 * <pre>
 * epoch  7/50  loss 0.1234  validation RMSE 0.9750 (best 0.9775 at 5)  123,456 steps/s  0:42 left
 * </pre>
 *
 * What is not known is left out, except the loss: one that is not a number is told as such.
 */
public final class ProgressLine {

  private ProgressLine() {}

  /** The line, without an end of line. */
  public static String of(EpochStatus status) {
    return String.join("  ", parts(status));
  }

  /** The parts of the line, the most telling first. */
  static List<String> parts(EpochStatus status) {
    List<String> parts = new ArrayList<>();
    int digits = Integer.toString(status.epochs()).length();
    parts.add(("epoch %" + digits + "s/%s").formatted(status.epoch(), status.epochs()));
    parts.add("loss " + loss(status.loss()));
    status
        .validation()
        .ifPresent(
            score ->
                parts.add(
                    "validation %s %s (best %s at %s)"
                        .formatted(
                            Scores.title(score.name()),
                            Numbers.score(score.value()),
                            Numbers.score(score.best()),
                            score.bestEpoch())));
    if (Double.isFinite(status.stepsPerSecond())) {
      parts.add(Numbers.whole(status.stepsPerSecond()) + " steps/s");
    }
    if (Double.isFinite(status.secondsLeft())) {
      parts.add(Numbers.duration(status.secondsLeft()) + " left");
    }
    return parts;
  }

  private static String loss(double loss) {
    return Double.isFinite(loss) ? Numbers.score(loss) : Double.toString(loss);
  }
}
