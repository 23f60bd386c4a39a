package io.sparkrnn.statistics;

import io.sparkrnn.error.DataException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Gamma;

/** What the residuals of a good forecaster pass: no memory, normal, of constant variance. */
public final class ResidualTests {
  private ResidualTests() {}

  /**
   * Hypothesis: no autocorrelation up to lag H. Q = n (n + 2) Σ ρ_h² / (n − h), χ² with H less the
   * fitted coefficients (Ljung, Box 1978).
   *
   * @param residuals n values, in time order
   * @param lags H
   * @param fitted AR coefficients (K) that the residuals come from; below H
   */
  public static TestResult ljungBox(double[] residuals, int lags, int fitted) {
    int freedom = lags - fitted;
    if (freedom < 1) {
      throw new DataException(
          "Ljung–Box test: expected more lags than the %d fitted coefficients, found %d"
              .formatted(fitted, lags));
    }
    double[] rho = varying("Ljung–Box test", residuals, lags).correlations();
    double n = residuals.length;
    double sum = 0;
    for (int h = 1; h <= lags; h++) {
      sum += rho[h] * rho[h] / (n - h);
    }
    return chiSquare(n * (n + 2) * sum, freedom);
  }

  /**
   * Hypothesis: normal distribution. JB = n/6 (S² + (kurtosis − 3)² / 4), χ² with 2 degrees of
   * freedom (Jarque, Bera 1987).
   */
  public static TestResult jarqueBera(double[] residuals) {
    Autocorrelations moments = varying("Jarque–Bera test", residuals, 0);
    double third = 0;
    double fourth = 0;
    for (double residual : residuals) {
      double d = residual - moments.mean();
      third += d * d * d;
      fourth += d * d * d * d;
    }
    double n = residuals.length;
    double variance = moments.covariances()[0];
    double skewness = third / n / Math.pow(variance, 1.5);
    double excess = fourth / n / (variance * variance) - 3;
    return chiSquare(n / 6 * (skewness * skewness + excess * excess / 4), 2);
  }

  /**
   * Hypothesis: no autoregressive conditional heteroscedasticity up to lag H. N·R² of the squared
   * residuals regressed on their H predecessors, χ² with H degrees of freedom (Engle 1982).
   */
  public static TestResult archLm(double[] residuals, int lags) {
    Autocorrelations moments = varying("ARCH test", residuals, lags);
    double scale = moments.covariances()[0];
    double[] squares = new double[residuals.length];
    for (int t = 0; t < squares.length; t++) {
      squares[t] = residuals[t] * residuals[t] / scale;
    }
    AutoregressiveSums sums = new AutoregressiveSums(lags, true, 1);
    sums.addSeries(squares);
    double[] variances = sums.commonSample().variances();
    double explained = 1 - variances[lags] / variances[0];
    return chiSquare((residuals.length - lags) * explained, lags);
  }

  private static Autocorrelations varying(String test, double[] residuals, int lags) {
    Autocorrelations found = Autocorrelations.of(residuals, lags);
    double variance = found.covariances()[0];
    if (!(variance > 0) || Double.isInfinite(variance)) {
      List<Double> first =
          IntStream.range(0, Math.min(3, residuals.length)).mapToObj(t -> residuals[t]).toList();
      throw new DataException(
          "%s: expected finite residuals that vary, found %d like %s"
              .formatted(test, residuals.length, first));
    }
    return found;
  }

  private static TestResult chiSquare(double statistic, int freedom) {
    double p = statistic <= 0 ? 1 : Gamma.regularizedGammaQ(freedom / 2.0, statistic / 2);
    return new TestResult(statistic, freedom, p);
  }
}
