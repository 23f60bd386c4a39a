package io.sparkrnn.statistics;

import java.io.Serializable;

/**
 * Gaussian log-likelihood of a fit and the criteria drawn from it, in the form of R's {@code AIC}
 * and of statsmodels: −2 log L and a price for p parameters, σ² among them.
 *
 * @param logLikelihood log L, conditional on the first K values of each series
 * @param parameters p: coefficients, intercept, σ²
 * @param rows N that the likelihood counts: the observations after the first K
 * @param variance σ² = residual sum of squares / N, where log L is largest
 */
public record Likelihood(double logLikelihood, int parameters, long rows, double variance)
    implements Serializable {

  /** log L = −N/2 (log 2πσ² + 1), σ² = sum / N, with p parameters. */
  public static Likelihood conditional(double residualSumOfSquares, long rows, int parameters) {
    double variance = residualSumOfSquares / rows;
    double value = -0.5 * rows * (Math.log(2 * Math.PI * variance) + 1);
    return new Likelihood(value, parameters, rows, variance);
  }

  /** Akaike: −2 log L + 2p. */
  public double aic() {
    return -2 * logLikelihood + 2 * parameters;
  }

  /** AIC + 2p(p + 1) / (N − p − 1). */
  public double aicc() {
    double p = parameters;
    return aic() + 2 * p * (p + 1) / (rows - p - 1);
  }

  /** Schwarz: −2 log L + p log N. */
  public double bic() {
    return -2 * logLikelihood + parameters * Math.log(rows);
  }

  /** Hannan and Quinn: −2 log L + 2p log log N. */
  public double hqic() {
    return -2 * logLikelihood + 2 * parameters * Math.log(Math.log(rows));
  }

  /** Akaike's final prediction error: σ² (N + k) / (N − k), k = p − 1 coefficients. */
  public double fpe() {
    double k = parameters - 1.0;
    return variance * (rows + k) / (rows - k);
  }
}
