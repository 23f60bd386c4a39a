package io.sparkrnn.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exact maximum likelihood beside R's {@code ar.mle} and {@code arima(method = "ML")}. */
class MaximumLikelihoodTest {

  static Stream<Map<String, String>> ofAr() {
    return ReferenceNumbers.table("ar_reference.csv").stream()
        .filter(row -> row.get("method").equals("mle"))
        .filter(row -> row.get("aic_selected").equals("FALSE"));
  }

  static Stream<Map<String, String>> ofArima() {
    return ReferenceNumbers.table("arima_reference.csv").stream()
        .filter(row -> row.get("method").equals("ML"));
  }

  private static AutoregressiveFit fit(double[] series, int order) {
    return Autoregression.fit(EstimationMethod.MAXIMUM_LIKELIHOOD, series, order, true);
  }

  private static AutoregressiveModel ofR(Map<String, String> row, String mean, String phi) {
    return AutoregressiveModel.ofMean(
        Double.parseDouble(row.get(mean)), ReferenceNumbers.numbers(row.get(phi)), 1);
  }

  @ParameterizedTest
  @MethodSource("ofAr")
  void theLikelihoodIsAtOrAboveThatOfAr(Map<String, String> row) {
    requireAtLeast(row, ofR(row, "x.mean", "coefficients(semicolon)"));
  }

  @ParameterizedTest
  @MethodSource("ofArima")
  void theLikelihoodIsAtOrAboveThatOfArima(Map<String, String> row) {
    AutoregressiveModel ofR = ofR(row, "intercept", "coefficients_ar(semicolon)");
    AutoregressiveFit ours = requireAtLeast(row, ofR);
    double logLikelihood = Double.parseDouble(row.get("loglik"));
    assertThat(ours.likelihood().logLikelihood()).isCloseTo(logLikelihood, within(0.01));
    assertThat(ours.likelihood().aic()).isCloseTo(Double.parseDouble(row.get("aic")), within(0.02));
    for (int k = 0; k < ofR.order(); k++) {
      double error = ours.terms().get(k + 1).standardError();
      assertThat(ours.model().coefficients()[k])
          .isCloseTo(ofR.coefficients()[k], within(0.05 * error));
    }
  }

  /** R stops early; where it comes near the top its numbers are ours. */
  private static AutoregressiveFit requireAtLeast(
      Map<String, String> row, AutoregressiveModel ofR) {
    double[] series = ReferenceNumbers.series(row.get("series"));
    AutoregressiveFit ours = fit(series, ofR.order());
    assertThat(ours.model().stationary()).isTrue();
    ExactLikelihood known = ExactLikelihood.of(ofR, series);
    assertThat(ours.likelihood().logLikelihood())
        .isGreaterThanOrEqualTo(known.logLikelihood() - 1e-9);
    assertThat(ours.model().variance()).isEqualTo(ours.likelihood().variance());
    return ours;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 9})
  void noNeighbourIsMoreLikely(int order) {
    double[] series = ReferenceNumbers.series("sunspot.year");
    AutoregressiveModel best = fit(series, order).model();
    double top = ExactLikelihood.of(best, series).logLikelihood();
    for (double step : new double[] {-1e-4, 1e-4}) {
      for (int k = 0; k < order; k++) {
        double[] phi = best.coefficients().clone();
        phi[k] += step;
        AutoregressiveModel other = AutoregressiveModel.ofMean(best.mean(), phi, 1);
        assertThat(ExactLikelihood.of(other, series).logLikelihood()).isLessThan(top);
      }
      AutoregressiveModel moved =
          AutoregressiveModel.ofMean(best.mean() + 100 * step, best.coefficients(), 1);
      assertThat(ExactLikelihood.of(moved, series).logLikelihood()).isLessThan(top);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sunspot.year", "sunspots_statsmodels_1700_2008"})
  void theOrderIsTheOneThatRChooses(String name) {
    double[] series = ReferenceNumbers.series(name);
    AutoregressiveFit fit =
        Autoregression.choose(EstimationMethod.MAXIMUM_LIKELIHOOD, series, 12, true, Criterion.AIC);
    assertThat(fit.order()).isEqualTo(9);
  }

  @Test
  void withoutAnInterceptTheMeanIsZero() {
    double[] series = ReferenceNumbers.series("sunspot.year");
    AutoregressiveFit fit =
        Autoregression.fit(EstimationMethod.MAXIMUM_LIKELIHOOD, series, 2, false);
    assertThat(fit.model().intercept()).isZero();
    assertThat(fit.terms()).extracting(Term::name).containsExactly("lag1", "lag2");
  }
}
