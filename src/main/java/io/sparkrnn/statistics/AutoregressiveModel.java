package io.sparkrnn.statistics;

import io.sparkrnn.error.DataException;
import java.io.Serializable;
import java.util.Arrays;

/**
 * AR(K) with known numbers: y_t = c + φ_1 y_{t−1} + … + φ_K y_{t−K} + e_t, e Gaussian with variance
 * σ² (Box, Jenkins 1970).
 *
 * @param intercept c
 * @param coefficients φ_1 … φ_K
 * @param variance σ² of the innovations
 */
@SuppressWarnings("ArrayRecordComponent") // immutable by agreement, as arrays are in this project
public record AutoregressiveModel(double intercept, double[] coefficients, double variance)
    implements Serializable {

  /**
   * The model y_t − μ = φ_1 (y_{t−1} − μ) + … + e_t, as R's {@code arima} and {@code ar} state it.
   */
  public static AutoregressiveModel ofMean(double mean, double[] coefficients, double variance) {
    return new AutoregressiveModel(
        mean * (1 - Arrays.stream(coefficients).sum()), coefficients, variance);
  }

  /** K. */
  public int order() {
    return coefficients.length;
  }

  /** μ = c / (1 − Σφ); not finite if the coefficients sum to 1 (a random walk has no mean). */
  public double mean() {
    return intercept / (1 - Arrays.stream(coefficients).sum());
  }

  /**
   * Innovations e_t = y_t − c − Σ φ_k y_{t−k} of a series.
   *
   * @param series n values
   * @return n − K values, the first for t = K (counted from 0)
   */
  public double[] residuals(double[] series) {
    int order = order();
    double[] residuals = new double[Math.max(0, series.length - order)];
    for (int t = order; t < series.length; t++) {
      residuals[t - order] = series[t] - next(series, t);
    }
    return residuals;
  }

  /** Σ e_t² over t = K … n − 1: what conditional least squares minimises. */
  public double conditionalSumOfSquares(double[] series) {
    return Arrays.stream(residuals(series)).map(e -> e * e).sum();
  }

  /**
   * Weights of past innovations, y_t = μ + Σ ψ_j e_{t−j}: ψ_0 = 1, ψ_j = Σ_k φ_k ψ_{j−k}.
   *
   * @param count how many, from ψ_0
   */
  public double[] psiWeights(int count) {
    double[] psi = new double[count];
    for (int j = 0; j < count; j++) {
      psi[j] = j == 0 ? 1 : 0;
      for (int k = 1; k <= Math.min(j, order()); k++) {
        psi[j] += coefficients[k - 1] * psi[j - k];
      }
    }
    return psi;
  }

  /**
   * Forecasts the values after a series. Step h has the standard error σ √(ψ_0² + … + ψ_{h−1}²),
   * exact for known coefficients and Gaussian innovations.
   *
   * @param history at least K values, the newest last
   * @param horizon steps ahead
   * @throws DataException if the history is shorter than K, or one of its last K values is not
   *     finite
   */
  public Forecast forecast(double[] history, int horizon) {
    int order = order();
    if (history.length < order) {
      throw new DataException(
          "forecast of an AR(%d): expected a history of at least %d values, found %d"
              .formatted(order, order, history.length));
    }
    double[] path = new double[order + horizon];
    System.arraycopy(history, history.length - order, path, 0, order);
    for (int t = 0; t < order; t++) {
      if (!Double.isFinite(path[t])) {
        throw new DataException(
            "forecast of an AR(%d): expected finite values, found %s at place %d from the end of the history"
                .formatted(order, path[t], order - t));
      }
    }
    for (int t = order; t < path.length; t++) {
      path[t] = next(path, t);
    }
    return new Forecast(Arrays.copyOfRange(path, order, path.length), standardErrors(horizon));
  }

  private double[] standardErrors(int horizon) {
    double[] errors = psiWeights(horizon);
    double sum = 0;
    for (int h = 0; h < horizon; h++) {
      sum += errors[h] * errors[h];
      errors[h] = Math.sqrt(variance * sum);
    }
    return errors;
  }

  private double next(double[] values, int t) {
    double sum = intercept;
    for (int k = 0; k < coefficients.length; k++) {
      sum += coefficients[k] * values[t - 1 - k];
    }
    return sum;
  }

  /** Roots z of the characteristic polynomial 1 − φ_1 z − … − φ_K z^K. */
  public CharacteristicRoots roots() {
    return CharacteristicRoots.of(coefficients);
  }

  /**
   * Whether all roots lie outside the unit circle: whether all reflection coefficients, found by
   * stepping down from φ_K, lie between −1 and 1 (Schur, Cohn).
   */
  public boolean stationary() {
    for (double[] phi = coefficients; phi.length > 0; phi = ExactLikelihood.steppedDown(phi)) {
      if (!(Math.abs(phi[phi.length - 1]) < 1)) {
        return false;
      }
    }
    return true;
  }
}
