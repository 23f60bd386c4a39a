package io.sparkrnn.statistics;

import static io.sparkrnn.statistics.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.RandomStream;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Errors, tests, likelihood, criteria and forecasts are those of R and of statsmodels. */
class AutoregressiveFitTest {
  private static final double TOLERANCE = 1e-9;

  private final double[] sunspots = GoldenNumbers.sunspots();
  private final GoldenNumbers r = GoldenNumbers.ofR();
  private final GoldenNumbers statsmodels = GoldenNumbers.ofStatsmodels();

  @ParameterizedTest
  @CsvSource({"with, true", "without, false"})
  void leastSquaresTellsWhatTheLinearModelOfRTells(String golden, boolean intercept) {
    AutoregressiveFit fit =
        Autoregression.fit(EstimationMethod.LEAST_SQUARES, sunspots, 9, intercept);
    double[] table = r.get("lm." + golden);
    assertThat(fit.terms()).hasSize(table.length / 4);
    for (int j = 0; j < fit.terms().size(); j++) {
      Term term = fit.terms().get(j);
      assertThat(term.name()).isEqualTo(intercept && j == 0 ? "intercept" : lag(j, intercept));
      assertClose(term.name(), term.value(), table[4 * j], TOLERANCE);
      assertClose("error of " + term.name(), term.standardError(), table[4 * j + 1], TOLERANCE);
      assertClose("t of " + term.name(), term.statistic(), table[4 * j + 2], TOLERANCE);
      assertClose("p of " + term.name(), term.pValue(), table[4 * j + 3], TOLERANCE);
    }
    double[] criteria = r.get("lm." + golden + ".criteria");
    assertClose("log-likelihood", fit.likelihood().logLikelihood(), criteria[0], TOLERANCE);
    assertClose("AIC", fit.likelihood().aic(), criteria[1], TOLERANCE);
    assertClose("BIC", fit.likelihood().bic(), criteria[2], TOLERANCE);
    assertClose("residual standard error", fit.residualStandardError(), criteria[3], TOLERANCE);
    assertClose("residual sum", fit.residualSumOfSquares(), criteria[4], TOLERANCE);
    assertThat(fit.degreesOfFreedom()).isEqualTo(289 - 9 - fit.terms().size());
  }

  private static String lag(int j, boolean intercept) {
    return "lag" + (intercept ? j : j + 1);
  }

  @ParameterizedTest
  @CsvSource({"with, true", "without, false"})
  void criteriaAreThoseOfStatsmodels(String golden, boolean intercept) {
    String name = "autoreg." + golden;
    AutoregressiveFit fit =
        Autoregression.fit(EstimationMethod.LEAST_SQUARES, sunspots, 9, intercept);
    Likelihood found = fit.likelihood();
    double[] values =
        new double[] {
          found.logLikelihood(), found.aic(), found.aicc(), found.bic(), found.hqic(), found.fpe()
        };
    String[] names = {"logLikelihood", "aic", "aicc", "bic", "hqic", "fpe"};
    for (int i = 0; i < names.length; i++) {
      assertClose(names[i], values[i], statsmodels.get(name, names[i])[0], TOLERANCE);
    }
    assertClose("moduli", fit.model().roots().moduli(), statsmodels.get(name, "moduli"), TOLERANCE);
  }

  @ParameterizedTest
  @EnumSource(names = {"YULE_WALKER", "BURG"})
  void errorsAndForecastsOfRecursionsAreThoseOfR(EstimationMethod method) {
    AutoregressiveFit fit = Autoregression.fit(method, sunspots, 9, true);
    double[] errors = fit.terms().stream().skip(1).mapToDouble(Term::standardError).toArray();
    assertClose("errors", errors, r.get(method.text() + ".errors"), TOLERANCE);
    Forecast forecast = fit.model().forecast(sunspots, 12);
    assertClose("forecast", forecast.mean(), r.get(method.text() + ".forecast"), TOLERANCE);
    assertClose(
        "errors of forecasts",
        forecast.standardError(),
        r.get(method.text() + ".forecast.errors"),
        TOLERANCE);
  }

  @Test
  void theErrorOfAMeanIsThatOfOrdinaryLeastSquaresWithoutLags() {
    AutoregressiveFit mean = Autoregression.fit(EstimationMethod.YULE_WALKER, sunspots, 0, true);
    AutoregressiveFit same = Autoregression.fit(EstimationMethod.LEAST_SQUARES, sunspots, 0, true);
    assertClose("mean", mean.model().intercept(), same.model().intercept(), 1e-12);
    assertClose(
        "error", mean.terms().get(0).standardError(), same.terms().get(0).standardError(), 1e-12);
  }

  @Test
  void burgTakesItsVarianceFromErrorsToo() {
    double variance =
        Burg.estimate(sunspots, 9, true, Burg.Variance.ERRORS).fit(9).model().variance();
    assertClose("variance", variance, r.get("burg.variance.of.errors")[0], TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({"LEAST_SQUARES, ols", "YULE_WALKER, yule-walker", "BURG, burg"})
  void withoutAMeanOrdersAreChosenAndFittedAsRDoes(EstimationMethod method, String golden) {
    AutoregressiveFit fit = Autoregression.choose(method, sunspots, 24, false, Criterion.AIC);
    double[] expected = r.get(golden + ".without.mean");
    assertThat(fit.order()).isEqualTo((int) expected[0]);
    assertClose("variance", fit.model().variance(), expected[1], TOLERANCE);
    assertClose(
        "coefficients",
        fit.model().coefficients(),
        Arrays.copyOfRange(expected, 2, expected.length),
        TOLERANCE);
    assertThat(fit.model().intercept()).isZero();
  }

  @Test
  void differencesOfAicAreThoseOfR() {
    AutoregressiveSums sums = new AutoregressiveSums(24, true, 48);
    sums.addSeries(sunspots);
    assertDifferences(sums.ownSamples(), r.get("ols.aic"));
    assertDifferences(
        YuleWalker.estimate(sunspots, 24, false).orders(), r.get("yule-walker.without.mean.aic"));
    assertDifferences(Burg.estimate(sunspots, 24, false).orders(), r.get("burg.without.mean.aic"));
  }

  private static void assertDifferences(OrderSelection orders, double[] expected) {
    double[] values = orders.values(Criterion.AIC);
    double least = values[orders.best(Criterion.AIC)];
    for (int m = 0; m < expected.length; m++) {
      assertThat(values[m] - least).isCloseTo(expected[m], Offset.offset(1e-9));
    }
  }

  @Test
  void rDividesTheVarianceOfLeastSquaresByTheRows() {
    AutoregressiveFit fit = Autoregression.fit(EstimationMethod.LEAST_SQUARES, sunspots, 9, true);
    double rows = 280;
    double[] errors = r.get("ols.errors");
    for (int k = 1; k <= 9; k++) {
      double ofR = fit.terms().get(k).standardError() * Math.sqrt(fit.degreesOfFreedom() / rows);
      assertClose("lag " + k, ofR, errors[k], TOLERANCE);
    }
  }

  @Test
  void rootsAndWeightsAreThoseOfR() {
    AutoregressiveModel model =
        Autoregression.fit(EstimationMethod.LEAST_SQUARES, sunspots, 9, true).model();
    assertClose("moduli", model.roots().moduli(), r.get("ols.moduli"), TOLERANCE);
    assertClose("ψ", model.psiWeights(16), r.get("psi"), TOLERANCE);
    assertThat(model.stationary()).isTrue();
  }

  @Test
  void rootsSatisfyThePolynomialAndTellTheCycle() {
    // z = 2 exp(±iπ/3): period 6.
    AutoregressiveModel model = new AutoregressiveModel(0, new double[] {0.5, -0.25}, 1);
    CharacteristicRoots roots = model.roots();
    assertClose("moduli", roots.moduli(), new double[] {2, 2}, 1e-14);
    assertClose("periods", roots.periods(), new double[] {6, 6}, 1e-14);
    assertThat(model.stationary()).isTrue();
    assertThat(new AutoregressiveModel(0, new double[] {1}, 1).stationary()).isFalse();
    assertThat(new AutoregressiveModel(0, new double[] {2.5, -1}, 1).stationary()).isFalse();
    assertThat(new AutoregressiveModel(0, new double[] {0.4, 0}, 1).roots().size()).isEqualTo(1);
    assertThat(new AutoregressiveModel(3, new double[0], 1).stationary()).isTrue();
  }

  @Test
  void aModelIsStationaryIfAllItsRootsLieOutsideTheUnitCircle() {
    RandomStream random = RandomKey.ofSeed(2).child("roots").stream();
    int stationary = 0;
    for (int i = 0; i < 2000; i++) {
      double[] phi = new double[1 + i % 5];
      Arrays.setAll(phi, k -> 0.6 * random.nextGaussian());
      AutoregressiveModel model = new AutoregressiveModel(0, phi, 1);
      boolean outside = model.roots().moduli()[0] > 1;
      assertThat(model.stationary()).isEqualTo(outside);
      stationary += outside ? 1 : 0;
    }
    assertThat(stationary).isBetween(500, 1500);
  }

  @Test
  void intervalsCoverAsNormalQuantilesSay() {
    double[] probabilities = {0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 1e-6};
    double[] expected = r.get("normal.quantiles");
    for (int i = 0; i < expected.length; i++) {
      assertThat(Forecast.standardNormalQuantile(probabilities[i]))
          .isCloseTo(expected[i], Offset.offset(1e-9));
    }
    Forecast forecast = new Forecast(new double[] {10}, new double[] {2});
    assertThat(forecast.lower(0.9)[0]).isCloseTo(10 - 2 * expected[3], Offset.offset(1e-9));
    assertThat(forecast.upper(0.9)[0]).isCloseTo(10 + 2 * expected[3], Offset.offset(1e-9));
  }

  @Test
  void ordersAreComparedOnTheirCommonRowsToo() {
    AutoregressiveSums sums = new AutoregressiveSums(16, true, 50);
    sums.addSeries(sunspots);
    assertClose("σ²", sums.commonSample().variances(), statsmodels.get("commonSample"), TOLERANCE);
    assertThat(sums.commonSample().observations()).isEqualTo(289 - 16);
  }
}
