package io.sparkrnn.ml;

import io.sparkrnn.statistics.AutoregressiveFit;
import io.sparkrnn.statistics.AutoregressiveModel;
import io.sparkrnn.statistics.SeriesLeastSquares;
import io.sparkrnn.statistics.Term;
import java.io.Serializable;
import java.util.List;

/**
 * The fit of one series in few bytes, as millions of them are kept.
 *
 * @param series its name
 * @param observations n
 * @param model fitted
 * @param interceptError standard error of the intercept; NaN without one
 * @param errors standard errors of the lags
 * @param residualSumOfSquares Σ e_t² over the values with enough before them
 */
@SuppressWarnings("ArrayRecordComponent") // a compact carrier; fits are compared by nobody
record SeriesFit(
    String series,
    long observations,
    AutoregressiveModel model,
    double interceptError,
    double[] errors,
    double residualSumOfSquares)
    implements Serializable {

  static SeriesFit of(String series, AutoregressiveFit fit) {
    List<Term> terms = fit.terms();
    boolean intercept = terms.size() > fit.order();
    return new SeriesFit(
        series,
        fit.observations(),
        fit.model(),
        intercept ? terms.get(0).standardError() : Double.NaN,
        terms.stream().skip(intercept ? 1 : 0).mapToDouble(Term::standardError).toArray(),
        fit.residualSumOfSquares());
  }

  /** What was fitted last. */
  static SeriesFit of(String series, SeriesLeastSquares fit) {
    int order = fit.order();
    double[] coefficients = new double[order];
    double[] errors = new double[order];
    for (int k = 1; k <= order; k++) {
      coefficients[k - 1] = fit.coefficient(k);
      errors[k - 1] = fit.standardError(k);
    }
    double sum = fit.residualSumOfSquares();
    double variance = sum / (fit.observations() - order);
    return new SeriesFit(
        series,
        fit.observations(),
        new AutoregressiveModel(fit.intercept(), coefficients, variance),
        fit.hasIntercept() ? fit.interceptError() : Double.NaN,
        errors,
        sum);
  }

  /** Whether an intercept was estimated. */
  boolean hasIntercept() {
    return !Double.isNaN(interceptError);
  }
}
