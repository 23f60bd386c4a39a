package io.sparkrnn.statistics;

import io.sparkrnn.error.DataException;

/** AR(K) of one series by any method: the short way to a fit. */
public final class Autoregression {
  private Autoregression() {}

  /**
   * Fits AR(K).
   *
   * @param series oldest first
   * @param order K
   * @param intercept whether a mean or intercept is estimated
   * @throws DataException if the series is too short, does not vary, or its lags are collinear
   */
  public static AutoregressiveFit fit(
      EstimationMethod method, double[] series, int order, boolean intercept) {
    return switch (method) {
      case LEAST_SQUARES -> sums(series, order, intercept).fit(order);
      case MAXIMUM_LIKELIHOOD -> MaximumLikelihood.fit(series, order, intercept);
      default -> recursion(method, series, order, intercept).fit(order);
    };
  }

  /** Fits the order of 0 … K that the criterion chooses, as R's {@code ar} does with AIC. */
  public static AutoregressiveFit choose(
      EstimationMethod method, double[] series, int highest, boolean intercept, Criterion by) {
    if (method == EstimationMethod.LEAST_SQUARES) {
      AutoregressiveSums sums = sums(series, highest, intercept);
      return sums.fit(sums.ownSamples().best(by));
    }
    if (method == EstimationMethod.MAXIMUM_LIKELIHOOD) {
      return MaximumLikelihood.choose(series, highest, intercept, by);
    }
    RecursiveEstimate estimate = recursion(method, series, highest, intercept);
    return estimate.fit(estimate.orders().best(by));
  }

  private static RecursiveEstimate recursion(
      EstimationMethod method, double[] series, int order, boolean intercept) {
    return method == EstimationMethod.BURG
        ? Burg.estimate(series, order, intercept)
        : YuleWalker.estimate(series, order, intercept);
  }

  private static AutoregressiveSums sums(double[] series, int order, boolean intercept) {
    double origin = intercept && series.length > 0 ? Moments.mean(series) : 0;
    AutoregressiveSums sums = new AutoregressiveSums(order, intercept, finite(origin));
    sums.addSeries(series);
    return sums;
  }

  /** A value that is not finite is found and named where it stands. */
  private static double finite(double origin) {
    return Double.isFinite(origin) ? origin : 0;
  }
}
