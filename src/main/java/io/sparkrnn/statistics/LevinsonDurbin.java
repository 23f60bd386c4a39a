package io.sparkrnn.statistics;

import java.util.Arrays;

/**
 * Solves the Yule–Walker equations of all orders 1 … K (Levinson 1947, Durbin 1960):
 *
 * <pre>
 * φ_mm = (γ_m − Σ_j φ_{m−1,j} γ_{m−j}) / v_{m−1},   φ_mj = φ_{m−1,j} − φ_mm φ_{m−1,m−j},   v_m = v_{m−1} (1 − φ_mm²)
 * </pre>
 */
final class LevinsonDurbin {
  private final double[][] coefficients;
  private final double[] variances;

  private LevinsonDurbin(double[][] coefficients, double[] variances) {
    this.coefficients = coefficients;
    this.variances = variances;
  }

  /**
   * Runs the recursion.
   *
   * @param covariances γ_0 … γ_K, γ_0 above 0
   */
  static LevinsonDurbin of(double[] covariances) {
    int order = covariances.length - 1;
    double[][] phi = new double[order + 1][];
    double[] variances = new double[order + 1];
    phi[0] = new double[0];
    variances[0] = covariances[0];
    for (int m = 1; m <= order; m++) {
      double sum = covariances[m];
      for (int j = 1; j < m; j++) {
        sum -= phi[m - 1][j - 1] * covariances[m - j];
      }
      phi[m] = extended(phi[m - 1], sum / variances[m - 1]);
      double last = phi[m][m - 1];
      variances[m] = variances[m - 1] * (1 - last * last);
    }
    return new LevinsonDurbin(phi, variances);
  }

  /** The coefficients of order m from those of order m − 1 and the reflection φ_mm. */
  static double[] extended(double[] previous, double reflection) {
    int m = previous.length + 1;
    double[] next = Arrays.copyOf(previous, m);
    next[m - 1] = reflection;
    for (int j = 1; j < m; j++) {
      next[j - 1] = previous[j - 1] - reflection * previous[m - j - 1];
    }
    return next;
  }

  /** φ_m1 … φ_mm. */
  double[] coefficients(int m) {
    return coefficients[m];
  }

  /** v_0 … v_K. */
  double[] variances() {
    return variances;
  }
}
