package io.sparkrnn.statistics;

import java.io.Serializable;
import java.util.List;

/**
 * An estimated AR(K).
 *
 * @param method of the estimation
 * @param model intercept, coefficients and innovation variance σ²; for least squares σ² is the
 *     residual sum of squares over the rows, for the others as R's {@code ar} has it
 * @param terms every coefficient with its standard error and test: the intercept if there is one,
 *     then the lags
 * @param observations n, all values of all series
 * @param degreesOfFreedom rows less coefficients
 * @param residualSumOfSquares Σ e_t² over the rows: the values with K before them
 * @param likelihood Gaussian likelihood and criteria
 */
public record AutoregressiveFit(
    EstimationMethod method,
    AutoregressiveModel model,
    List<Term> terms,
    long observations,
    long degreesOfFreedom,
    double residualSumOfSquares,
    Likelihood likelihood)
    implements Serializable {

  /** K. */
  public int order() {
    return model.order();
  }

  /** √(residual sum of squares / degrees of freedom). */
  public double residualStandardError() {
    return Math.sqrt(residualSumOfSquares / degreesOfFreedom);
  }

  /** Names of the terms of an AR(K). */
  static List<String> names(boolean intercept, int order) {
    String[] names = new String[order + (intercept ? 1 : 0)];
    for (int j = 0; j < names.length; j++) {
      int lag = intercept ? j : j + 1;
      names[j] = lag == 0 ? Term.INTERCEPT : Term.lag(lag);
    }
    return List.of(names);
  }
}
