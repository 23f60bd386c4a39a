package io.sparkrnn.statistics;

import java.util.List;

/**
 * A linear model fitted by least squares: b = argmin |Xb − y|².
 *
 * @param names of the regressors
 * @param coefficients b
 * @param inverseFactor R⁻¹ with RᵀR = XᵀX, column-major, so that (XᵀX)⁻¹ = R⁻¹R⁻ᵀ
 * @param residualSumOfSquares |Xb − y|²
 * @param rows height of X
 * @param condition ratio of the largest to the smallest singular value of X, its columns scaled to
 *     length 1
 */
@SuppressWarnings("ArrayRecordComponent") // immutable by agreement, as arrays are in this project
public record LinearFit(
    List<String> names,
    double[] coefficients,
    double[] inverseFactor,
    double residualSumOfSquares,
    long rows,
    double condition) {

  /** Rows that are not used up by coefficients. */
  public long degreesOfFreedom() {
    return rows - coefficients.length;
  }

  /** Maximum-likelihood variance of the residuals: their sum of squares over the rows. */
  public double variance() {
    return residualSumOfSquares / rows;
  }

  /** Unbiased variance of the residuals: their sum of squares over the degrees of freedom. */
  public double unbiasedVariance() {
    return residualSumOfSquares / degreesOfFreedom();
  }

  /** Standard error of every coefficient, from the unbiased variance. */
  public double[] standardErrors() {
    double[] errors = new double[coefficients.length];
    double[] weights = new double[coefficients.length];
    for (int j = 0; j < errors.length; j++) {
      weights[j] = 1;
      errors[j] = standardError(weights);
      weights[j] = 0;
    }
    return errors;
  }

  /** Standard error of the weighted sum of the coefficients, from the unbiased variance. */
  public double standardError(double[] weights) {
    int m = coefficients.length;
    double sum = 0;
    for (int j = 0; j < m; j++) {
      double projected = 0;
      for (int i = 0; i <= j; i++) {
        projected += weights[i] * inverseFactor[j * m + i];
      }
      sum += projected * projected;
    }
    return Math.sqrt(unbiasedVariance() * sum);
  }
}
