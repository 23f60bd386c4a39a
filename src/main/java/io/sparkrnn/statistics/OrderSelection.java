package io.sparkrnn.statistics;

import io.sparkrnn.error.DataException;

/**
 * Innovation variances of the orders 0 … K of one series, and the order that a criterion chooses.
 *
 * @param observations n that the criteria count
 * @param mean whether an intercept or mean was estimated too
 * @param variances σ² of the orders 0 … K
 */
@SuppressWarnings("ArrayRecordComponent") // immutable by agreement, as arrays are in this project
public record OrderSelection(long observations, boolean mean, double[] variances) {

  /** Values of the criterion for the orders 0 … K. */
  public double[] values(Criterion criterion) {
    double[] values = new double[variances.length];
    for (int m = 0; m < values.length; m++) {
      values[m] = criterion.value(observations, variances[m], m + (mean ? 1 : 0));
    }
    return values;
  }

  /**
   * The order with the smallest value, the lowest of equals.
   *
   * @throws DataException if the series does not vary
   */
  public int best(Criterion criterion) {
    double[] values = values(criterion);
    int best = 0;
    for (int m = 1; m < values.length; m++) {
      if (values[m] < values[best]) {
        best = m;
      }
    }
    if (!(variances[0] > 0)) {
      throw new DataException(
          "choice of an order: expected a series that varies, found one constant value; nothing can be learnt from it");
    }
    return best;
  }

  /** The highest order considered, K. */
  public int highest() {
    return variances.length - 1;
  }

  /** The highest order that R's {@code ar} considers for n observations: 10·log10(n). */
  public static int defaultHighest(long observations) {
    return (int) Math.min(observations - 1, (long) Math.floor(10 * Math.log10(observations)));
  }
}
