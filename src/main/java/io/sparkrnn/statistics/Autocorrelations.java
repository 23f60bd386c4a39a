package io.sparkrnn.statistics;

import io.sparkrnn.error.DataException;

/**
 * Autocovariances of a series, γ_h = 1/n Σ (y_t − ȳ)(y_{t+h} − ȳ), and what follows from them:
 * autocorrelations ρ_h = γ_h / γ_0, partial autocorrelations φ_hh (Durbin, Levinson), and bounds
 * within which they stay for white noise.
 *
 * @param observations n
 * @param mean ȳ; 0 if it was not subtracted
 * @param covariances γ_0 … γ_H
 */
@SuppressWarnings("ArrayRecordComponent") // immutable by agreement, as arrays are in this project
public record Autocorrelations(long observations, double mean, double[] covariances) {

  /**
   * Of a series about its mean.
   *
   * @param series n values
   * @param lags H, less than n
   */
  public static Autocorrelations of(double[] series, int lags) {
    return of(series, lags, true);
  }

  /** Of a series about its mean, or about zero. */
  static Autocorrelations of(double[] series, int lags, boolean demean) {
    int n = series.length;
    if (lags < 0 || lags >= n) {
      throw new DataException(
          "autocorrelations: expected more values than the %d lags, found %d".formatted(lags, n));
    }
    double mean = demean ? Moments.mean(series) : 0;
    double[] covariances = new double[lags + 1];
    for (int h = 0; h <= lags; h++) {
      double sum = 0;
      for (int t = h; t < n; t++) {
        sum += (series[t] - mean) * (series[t - h] - mean);
      }
      covariances[h] = sum / n;
    }
    return new Autocorrelations(n, mean, covariances);
  }

  /** H. */
  public int lags() {
    return covariances.length - 1;
  }

  /** ρ_0 = 1, ρ_1 … ρ_H. */
  public double[] correlations() {
    double[] rho = new double[covariances.length];
    for (int h = 0; h < rho.length; h++) {
      rho[h] = covariances[h] / covariances[0];
    }
    return rho;
  }

  /** 1 for lag 0, then φ_11 … φ_HH. */
  public double[] partialCorrelations() {
    LevinsonDurbin recursion = LevinsonDurbin.of(covariances);
    double[] partial = new double[covariances.length];
    partial[0] = 1;
    for (int h = 1; h < partial.length; h++) {
      partial[h] = recursion.coefficients(h)[h - 1];
    }
    return partial;
  }

  /**
   * What |ρ_h| and |φ_hh| of white noise exceed with probability 1 − coverage: z / √n.
   *
   * @param coverage in (0, 1)
   */
  public double whiteNoiseBound(double coverage) {
    return Forecast.standardNormalQuantile((1 + coverage) / 2) / Math.sqrt(observations);
  }

  /**
   * Half-widths of intervals about ρ_h if the series is a moving average of order h − 1 (Bartlett
   * 1946): z √((1 + 2 Σ_{j&lt;h} ρ_j²) / n); 0 for lag 0.
   *
   * @param coverage in (0, 1)
   */
  public double[] bartlettBounds(double coverage) {
    double z = Forecast.standardNormalQuantile((1 + coverage) / 2);
    double[] rho = correlations();
    double[] bounds = new double[rho.length];
    double sum = 1;
    for (int h = 1; h < rho.length; h++) {
      bounds[h] = z * Math.sqrt(sum / observations);
      sum += 2 * rho[h] * rho[h];
    }
    return bounds;
  }
}
