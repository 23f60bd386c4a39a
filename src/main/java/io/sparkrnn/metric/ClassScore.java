package io.sparkrnn.metric;

/**
 * How well one class is found.
 *
 * @param precision share of the predictions of this class that are right; 0 if there are none
 * @param recall share of the targets of this class that are found; 0 if there are none
 * @param f1 harmonic mean of both, 2·TP / (2·TP + FP + FN); 0 if the class never occurs
 * @param support targets of this class
 * @param predicted predictions of this class
 */
public record ClassScore(double precision, double recall, double f1, long support, long predicted) {

  /** Scores from what was counted: right predictions, targets, predictions. */
  static ClassScore of(long right, long support, long predicted) {
    return new ClassScore(
        share(right, predicted),
        share(right, support),
        share(2 * right, support + predicted),
        support,
        predicted);
  }

  /** Whether the class is among the targets or the predictions. */
  public boolean occurs() {
    return support + predicted > 0;
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
