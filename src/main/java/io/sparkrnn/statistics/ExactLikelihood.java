package io.sparkrnn.statistics;

import io.sparkrnn.error.DataException;

/**
 * Exact Gaussian likelihood of a stationary AR(K), the first K values included, as R's {@code
 * arima(method = "ML")} maximises it. Value t is predicted from those before it by the best
 * predictor of order m = min(t, K), which stepping down from φ gives; its error has the variance σ²
 * f_m, f_{m−1} = f_m / (1 − φ_mm²), f_K = 1:
 *
 * <pre>
 * log L = −½ (n log 2πσ² + Σ log f_t + Σ e_t² / (σ² f_t))
 * </pre>
 *
 * @param logLikelihood where σ² makes it largest
 * @param variance that σ²: Σ e_t² / f_t / n
 */
public record ExactLikelihood(double logLikelihood, double variance) {

  /**
   * Of a series, given its mean and φ; the model's own σ² is not looked at.
   *
   * @throws DataException if the model is not stationary: it has no such likelihood
   */
  public static ExactLikelihood of(AutoregressiveModel model, double[] series) {
    int order = model.order();
    double[][] predictors = new double[order + 1][];
    double[] factors = new double[order + 1];
    predictors[order] = model.coefficients();
    factors[order] = 1;
    for (int m = order; m > 0; m--) {
      double reflection = predictors[m][m - 1];
      double left = 1 - reflection * reflection;
      if (!(left > 0)) {
        throw new DataException(
            "exact likelihood: expected a stationary AR(%d), found roots of moduli from %s"
                .formatted(order, model.roots().moduli()[0]));
      }
      factors[m - 1] = factors[m] / left;
      predictors[m - 1] = steppedDown(predictors[m]);
    }
    double mean = model.mean();
    double squares = 0;
    double logarithms = 0;
    for (int t = 0; t < series.length; t++) {
      int m = Math.min(t, order);
      double error = series[t] - mean;
      for (int k = 1; k <= m; k++) {
        error -= predictors[m][k - 1] * (series[t - k] - mean);
      }
      squares += error * error / factors[m];
      logarithms += Math.log(factors[m]);
    }
    double n = series.length;
    double variance = squares / n;
    return new ExactLikelihood(
        -0.5 * (n * (Math.log(2 * Math.PI * variance) + 1) + logarithms), variance);
  }

  /** Coefficients of order m − 1 from those of order m: the recursion of Levinson run backwards. */
  static double[] steppedDown(double[] phi) {
    int m = phi.length;
    double reflection = phi[m - 1];
    double[] lower = new double[m - 1];
    for (int j = 0; j < m - 1; j++) {
      lower[j] = (phi[j] + reflection * phi[m - 2 - j]) / (1 - reflection * reflection);
    }
    return lower;
  }
}
