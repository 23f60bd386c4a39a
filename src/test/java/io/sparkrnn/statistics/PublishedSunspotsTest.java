package io.sparkrnn.statistics;

import static io.sparkrnn.statistics.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers that Stata and R publish for the yearly sunspots 1700 to 2008. */
class PublishedSunspotsTest {
  private static final double[] WITH_CONSTANT = {
    6.7430535917332, 1.1649421971129, -.40535742259304, -.16653934246587, .14980629416032,
    -.09462417064796, .00491001240749, .0504665930841, -.08635349190816, .25349103194757
  };
  private static final double[] WITHOUT_CONSTANT = {
    1.19582389902985,
    -.40591818219637,
    -.15813796884843,
    .16620079925202,
    -.08570200254617,
    .01876298948686,
    .06130211910707,
    -.08461507700047,
    .27995084653313
  };

  private final double[] series = ReferenceNumbers.series("sunspots_statsmodels_1700_2008");

  @Test
  void leastSquaresWithConstant() {
    AutoregressiveFit fit = Autoregression.fit(EstimationMethod.LEAST_SQUARES, series, 9, true);
    assertClose("terms", values(fit), WITH_CONSTANT, 1e-9);
    assertClose("standard error", fit.residualStandardError(), 15.1279294937327, 1e-12);
    assertClose("likelihood", fit.likelihood().logLikelihood(), -1235.559128419549, 1e-12);
  }

  @Test
  void leastSquaresWithoutConstant() {
    AutoregressiveFit fit = Autoregression.fit(EstimationMethod.LEAST_SQUARES, series, 9, false);
    assertClose("terms", values(fit), WITHOUT_CONSTANT, 1e-9);
  }

  @Test
  void yuleWalkerOfOrderFour() {
    double[] expected = {
      1.2831003105694765, -0.45240924374091945, -0.20770298557575195, 0.047943648089542337
    };
    AutoregressiveFit fit = Autoregression.fit(EstimationMethod.YULE_WALKER, series, 4, true);
    assertClose("φ", fit.model().coefficients(), expected, 1e-9);
  }

  @ParameterizedTest
  @EnumSource(names = {"AIC", "HQIC", "BIC", "FPE"})
  void everyCriterionChoosesNineOfSixteenOnCommonRows(Criterion criterion) {
    AutoregressiveSums sums = new AutoregressiveSums(16, true, 49);
    sums.addSeries(series);
    OrderSelection orders = sums.commonSample();
    assertThat(orders.best(criterion)).isEqualTo(9);
    double rows = orders.observations();
    assertClose("AIC a row", orders.values(Criterion.AIC)[9] / rows, 5.483155367, 1e-9);
    assertClose("FPE", Math.exp(orders.values(Criterion.FPE)[9] / rows), 240.611088, 1e-8);
  }

  private static double[] values(AutoregressiveFit fit) {
    return fit.terms().stream().mapToDouble(Term::value).toArray();
  }
}
