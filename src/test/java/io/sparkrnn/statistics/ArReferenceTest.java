package io.sparkrnn.statistics;

import static io.sparkrnn.statistics.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * R's {@code ar()} on every public series: coefficients, mean, intercept and innovation variance of
 * Yule–Walker, Burg and least squares, at given orders and at the order that R chose.
 */
class ArReferenceTest {
  private static final double TOLERANCE = 1e-9;
  private static final Map<String, EstimationMethod> METHODS =
      Map.of(
          "yule-walker", EstimationMethod.YULE_WALKER,
          "burg", EstimationMethod.BURG,
          "ols", EstimationMethod.LEAST_SQUARES);

  static Stream<Map<String, String>> rows() {
    return ReferenceNumbers.table("ar_reference.csv").stream()
        .filter(row -> METHODS.containsKey(row.get("method")));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void estimatesAreThoseOfR(Map<String, String> row) {
    EstimationMethod method = METHODS.get(row.get("method"));
    double[] series = ReferenceNumbers.series(row.get("series"));
    assertThat(series).hasSize(Integer.parseInt(row.get("n")));
    int order = Integer.parseInt(row.get("order"));
    AutoregressiveFit fit =
        row.get("aic_selected").equals("TRUE")
            ? Autoregression.choose(
                method, series, OrderSelection.defaultHighest(series.length), true, Criterion.AIC)
            : Autoregression.fit(method, series, order, true);
    assertThat(fit.order()).isEqualTo(order);
    AutoregressiveModel model = fit.model();
    double[] phi = ReferenceNumbers.numbers(row.get("coefficients(semicolon)"));
    assertClose("coefficients", model.coefficients(), phi, TOLERANCE);
    assertClose("variance", model.variance(), Double.parseDouble(row.get("var.pred")), TOLERANCE);
    assertClose("mean", Moments.mean(series), Double.parseDouble(row.get("x.mean")), TOLERANCE);
    assertClose("intercept", model.intercept(), intercept(row, phi), TOLERANCE);
    assertThat(fit.terms()).extracting(Term::name).first().isEqualTo("intercept");
    assertThat(List.of(EstimationMethod.YULE_WALKER, EstimationMethod.BURG).contains(method))
        .as("Yule–Walker and Burg are always stationary")
        .isIn(false, model.stationary());
  }

  /** R states least squares about the mean of the series, with an intercept beside it. */
  private static double intercept(Map<String, String> row, double[] phi) {
    double mean = Double.parseDouble(row.get("x.mean"));
    double about = AutoregressiveModel.ofMean(mean, phi, 1).intercept();
    String beside = row.get("x.intercept");
    return beside.equals("NA") ? about : about + Double.parseDouble(beside);
  }
}
