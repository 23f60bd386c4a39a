package io.sparkrnn.statistics;

import static io.sparkrnn.statistics.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * R's {@code arima(c(p, 0, 0))} on the public series: forecasts and conditional sums of squares.
 */
class ArimaReferenceTest {

  static Stream<Map<String, String>> all() {
    return ReferenceNumbers.table("arima_reference.csv").stream();
  }

  static Stream<Map<String, String>> conditional() {
    return all().filter(row -> row.get("method").equals("CSS"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void forecastsFromTheCoefficientsOfRAreThoseOfR(Map<String, String> row) {
    double[] series = ReferenceNumbers.series(row.get("series"));
    Forecast forecast = model(row).forecast(series, 12);
    assertClose(
        "forecast",
        forecast.mean(),
        ReferenceNumbers.numbers(row.get("forecast12(semicolon)")),
        1e-9);
  }

  static Stream<Map<String, String>> exact() {
    return all().filter(row -> row.get("method").equals("ML"));
  }

  @ParameterizedTest
  @MethodSource("exact")
  void theExactLikelihoodOfTheCoefficientsOfRIsThatOfR(Map<String, String> row) {
    double[] series = ReferenceNumbers.series(row.get("series"));
    AutoregressiveModel ofR = model(row);
    ExactLikelihood found = ExactLikelihood.of(ofR, series);
    assertClose("log L", found.logLikelihood(), Double.parseDouble(row.get("loglik")), 1e-9);
    assertClose("σ²", found.variance(), ofR.variance(), 1e-9);
    double aic = -2 * found.logLikelihood() + 2 * (ofR.order() + 2);
    assertClose("AIC", aic, Double.parseDouble(row.get("aic")), 1e-9);
  }

  @ParameterizedTest
  @MethodSource("conditional")
  void leastSquaresIsAtOrBelowTheConditionalSumOfSquaresOfR(Map<String, String> row) {
    double[] series = ReferenceNumbers.series(row.get("series"));
    AutoregressiveModel ofR = model(row);
    double sumOfR = ofR.conditionalSumOfSquares(series);
    assertClose("σ² of R", sumOfR / (series.length - ofR.order()), ofR.variance(), 1e-9);
    double likelihood = -0.5 * series.length * (Math.log(2 * Math.PI * ofR.variance()) + 1);
    assertClose("log L of R", likelihood, Double.parseDouble(row.get("loglik")), 1e-9);
    AutoregressiveFit ours =
        Autoregression.fit(EstimationMethod.LEAST_SQUARES, series, ofR.order(), true);
    assertThat(ours.residualSumOfSquares()).isLessThanOrEqualTo(sumOfR * (1 + 1e-13));
    assertClose(
        "sum of squared residuals",
        ours.model().conditionalSumOfSquares(series),
        ours.residualSumOfSquares(),
        1e-11);
  }

  private static AutoregressiveModel model(Map<String, String> row) {
    return AutoregressiveModel.ofMean(
        Double.parseDouble(row.get("intercept")),
        ReferenceNumbers.numbers(row.get("coefficients_ar(semicolon)")),
        Double.parseDouble(row.get("sigma2")));
  }
}
