package io.sparkrnn.statistics;

import io.sparkrnn.error.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * AR(0) … AR(K) of one series by a recursion over orders, as Yule–Walker and Burg give them: a
 * coefficient vector and an innovation variance of every order. Standard errors are those of large
 * samples (Brockwell, Davis 1991): Var φ = σ²/n · Γ⁻¹, Var μ = σ²/n / (1 − Σφ)², independent.
 */
public final class RecursiveEstimate {
  private final EstimationMethod method;
  private final double[] series;
  private final Autocorrelations autocovariances;
  private final boolean intercept;
  private final double[][] coefficients;
  private final double[] variances;

  RecursiveEstimate(
      EstimationMethod method,
      double[] series,
      Autocorrelations autocovariances,
      boolean intercept,
      double[][] coefficients,
      double[] variances) {
    this.method = method;
    this.series = series;
    this.autocovariances = autocovariances;
    this.intercept = intercept;
    this.coefficients = coefficients;
    this.variances = variances;
  }

  /** Autocovariances of a series that can be estimated from. */
  static Autocorrelations autocovariances(double[] series, int order, boolean intercept) {
    for (int t = 0; t < series.length; t++) {
      if (!Double.isFinite(series[t])) {
        throw new DataException(
            "autoregression: expected finite values, found %s at place %d of %d"
                .formatted(series[t], t + 1, series.length));
      }
    }
    if (series.length <= order + 1) {
      throw new DataException(
          "autoregression: expected more than %d values for AR(%d), found %d"
              .formatted(order + 1, order, series.length));
    }
    Autocorrelations found = Autocorrelations.of(series, order, intercept);
    if (!(found.covariances()[0] > 0)) {
      throw new DataException(
          "autoregression: expected a series that varies, found %d times %s"
              .formatted(series.length, series[0]));
    }
    return found;
  }

  /** Innovation variances of the orders 0 … K as the recursion has them: R compares these. */
  public OrderSelection orders() {
    return new OrderSelection(series.length, intercept, variances);
  }

  /** AR(m), m at most K. */
  public AutoregressiveFit fit(int m) {
    int n = series.length;
    double[] phi = coefficients[m];
    // R divides Yule–Walker's variance by the degrees of freedom once the order is chosen.
    double variance =
        method == EstimationMethod.YULE_WALKER ? variances[m] * n / (n - (m + 1.0)) : variances[m];
    AutoregressiveModel model = AutoregressiveModel.ofMean(autocovariances.mean(), phi, variance);
    double[] inverse = inverseCovariance(autocovariances.covariances(), m);
    List<Term> terms = new ArrayList<>();
    if (intercept) {
      double mean = autocovariances.mean();
      double spread = 1 + mean * mean * Arrays.stream(inverse).sum();
      terms.add(Term.normal(Term.INTERCEPT, model.intercept(), Math.sqrt(variance / n * spread)));
    }
    for (int k = 1; k <= m; k++) {
      double error = Math.sqrt(variance / n * inverse[(k - 1) * m + k - 1]);
      terms.add(Term.normal(Term.lag(k), phi[k - 1], error));
    }
    double sum = model.conditionalSumOfSquares(series);
    return new AutoregressiveFit(
        method,
        model,
        List.copyOf(terms),
        n,
        n - m - terms.size(),
        sum,
        Likelihood.conditional(sum, n - m, terms.size() + 1));
  }

  /**
   * Γ⁻¹ of order m, from the factors that the recursion yields: Γ⁻¹ = Σ a_j a_jᵀ / v_j.
   *
   * @param covariances γ_0 … γ_K
   * @return m × m
   */
  static double[] inverseCovariance(double[] covariances, int m) {
    LevinsonDurbin recursion = LevinsonDurbin.of(Arrays.copyOf(covariances, Math.max(1, m)));
    double[] inverse = new double[m * m];
    for (int j = 0; j < m; j++) {
      double[] a = new double[m];
      a[j] = 1;
      for (int k = 1; k <= j; k++) {
        a[j - k] = -recursion.coefficients(j)[k - 1];
      }
      for (int r = 0; r <= j; r++) {
        for (int c = 0; c <= j; c++) {
          inverse[r * m + c] += a[r] * a[c] / recursion.variances()[j];
        }
      }
    }
    return inverse;
  }
}
