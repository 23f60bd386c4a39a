package io.sparkrnn.statistics;

import io.sparkrnn.error.DataException;

/**
 * Yule–Walker (1927, 1931): coefficients that reproduce the first K autocovariances, by the
 * recursion of Levinson and Durbin; always stationary. As R's {@code ar.yw}: with an intercept the
 * mean is subtracted first; orders are compared by the recursion's variances; the variance of the
 * chosen one is multiplied by n / (n − K − 1).
 */
public final class YuleWalker {
  private YuleWalker() {}

  /**
   * Estimates all orders up to K.
   *
   * @param series more than K + 1 finite values
   * @param order K
   * @param intercept whether the mean is estimated; else it is 0
   * @throws DataException if the series is too short or does not vary
   */
  public static RecursiveEstimate estimate(double[] series, int order, boolean intercept) {
    Autocorrelations found = RecursiveEstimate.autocovariances(series, order, intercept);
    LevinsonDurbin recursion = LevinsonDurbin.of(found.covariances());
    double[][] coefficients = new double[order + 1][];
    for (int m = 0; m <= order; m++) {
      coefficients[m] = recursion.coefficients(m);
    }
    return new RecursiveEstimate(
        EstimationMethod.YULE_WALKER,
        series,
        found,
        intercept,
        coefficients,
        recursion.variances());
  }
}
