package io.sparkrnn.statistics;

import io.sparkrnn.error.DataException;

/**
 * Burg (1967): at every order the reflection coefficient that makes the forward errors u and the
 * backward errors v smallest together, 2 Σ u_t v_{t−1} / Σ (u_t² + v_{t−1}²); always stationary. As
 * R's {@code ar.burg}: with an intercept the mean is subtracted first.
 */
public final class Burg {

  /** Where the innovation variance comes from. */
  public enum Variance {
    /** The recursion v_m = v_{m−1} (1 − φ_mm²): R's default, {@code var.method = 1}. */
    RECURSION,
    /** The mean of the forward and backward squared errors: R's {@code var.method = 2}. */
    ERRORS
  }

  private Burg() {}

  /** Estimates all orders up to K with the variances of the recursion. */
  public static RecursiveEstimate estimate(double[] series, int order, boolean intercept) {
    return estimate(series, order, intercept, Variance.RECURSION);
  }

  /**
   * Estimates all orders up to K.
   *
   * @param series more than K + 1 finite values
   * @param order K
   * @param intercept whether the mean is estimated; else it is 0
   * @param source of the variances
   * @throws DataException if the series is too short or does not vary
   */
  public static RecursiveEstimate estimate(
      double[] series, int order, boolean intercept, Variance source) {
    Autocorrelations found = RecursiveEstimate.autocovariances(series, order, intercept);
    int n = series.length;
    double[] forward = new double[n];
    for (int t = 0; t < n; t++) {
      forward[t] = series[t] - found.mean();
    }
    double[] backward = forward.clone();
    double[][] coefficients = new double[order + 1][];
    double[] variances = new double[order + 1];
    coefficients[0] = new double[0];
    variances[0] = found.covariances()[0];
    for (int m = 1; m <= order; m++) {
      double reflection = reflection(forward, backward, m);
      double squares = filter(forward, backward, m, reflection);
      coefficients[m] = LevinsonDurbin.extended(coefficients[m - 1], reflection);
      variances[m] =
          source == Variance.RECURSION
              ? variances[m - 1] * (1 - reflection * reflection)
              : squares / (2.0 * (n - m));
    }
    return new RecursiveEstimate(
        EstimationMethod.BURG, series, found, intercept, coefficients, variances);
  }

  private static double reflection(double[] forward, double[] backward, int m) {
    double product = 0;
    double squares = 0;
    for (int t = m; t < forward.length; t++) {
      product += forward[t] * backward[t - 1];
      squares += forward[t] * forward[t] + backward[t - 1] * backward[t - 1];
    }
    return squares == 0 ? 0 : 2 * product / squares;
  }

  /** Errors of order m from those of order m − 1, in place; returns the sum of their squares. */
  private static double filter(double[] forward, double[] backward, int m, double reflection) {
    double squares = 0;
    for (int t = forward.length - 1; t >= m; t--) {
      double ahead = forward[t];
      double behind = backward[t - 1];
      forward[t] = ahead - reflection * behind;
      backward[t] = behind - reflection * ahead;
      squares += forward[t] * forward[t] + backward[t] * backward[t];
    }
    return squares;
  }
}
