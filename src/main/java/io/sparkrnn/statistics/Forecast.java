package io.sparkrnn.statistics;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The next h values of a series: Gaussian, with exact standard errors for known coefficients.
 *
 * @param mean h expected values
 * @param standardError h standard deviations of what is to come about them, in units of the series
 */
@SuppressWarnings("ArrayRecordComponent") // immutable by agreement, as arrays are in this project
public record Forecast(double[] mean, double[] standardError) {

  /**
   * Lower ends of the central intervals.
   *
   * @param coverage probability of lying within, in (0, 1)
   */
  public double[] lower(double coverage) {
    return quantile((1 - coverage) / 2);
  }

  /**
   * Upper ends of the central intervals.
   *
   * @param coverage probability of lying within, in (0, 1)
   */
  public double[] upper(double coverage) {
    return quantile((1 + coverage) / 2);
  }

  /** Quantiles of every step at a probability in (0, 1). */
  public double[] quantile(double probability) {
    double z = standardNormalQuantile(probability);
    double[] quantiles = new double[mean.length];
    for (int h = 0; h < quantiles.length; h++) {
      quantiles[h] = mean[h] + z * standardError[h];
    }
    return quantiles;
  }

  /** Quantile of the standard normal distribution. */
  public static double standardNormalQuantile(double probability) {
    return new NormalDistribution(null, 0, 1).inverseCumulativeProbability(probability);
  }
}
