package io.sparkrnn.statistics;

import static io.sparkrnn.statistics.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of residuals are those of R and of statsmodels. */
class ResidualTestsTest {
  private static final double TOLERANCE = 1e-9;

  private final GoldenNumbers statsmodels = GoldenNumbers.ofStatsmodels();
  private final double[] residuals = residuals();

  private static double[] residuals() {
    double[] sunspots = GoldenNumbers.sunspots();
    return Autoregression.fit(EstimationMethod.LEAST_SQUARES, sunspots, 9, true)
        .model()
        .residuals(sunspots);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20})
  void ljungBoxOfFittedResidualsIsThatOfR(int lags) {
    double[] expected = GoldenNumbers.ofR().get("ljung.box." + lags);
    assertTest(ResidualTests.ljungBox(residuals, lags, 9), expected[0], expected[2]);
  }

  @Test
  void ljungBoxIsThatOfStatsmodels() {
    double[] expected = statsmodels.get("ljungBox");
    assertTest(ResidualTests.ljungBox(residuals, 5, 0), expected[0], expected[2]);
    assertTest(ResidualTests.ljungBox(residuals, 12, 0), expected[1], expected[3]);
  }

  @Test
  void jarqueBeraIsThatOfStatsmodels() {
    double[] expected = statsmodels.get("jarqueBera");
    assertTest(ResidualTests.jarqueBera(residuals), expected[0], expected[1]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 12})
  void archIsThatOfStatsmodels(int lags) {
    double[] expected = statsmodels.get("arch." + lags);
    assertTest(ResidualTests.archLm(residuals, lags), expected[0], expected[1]);
  }

  @Test
  void bartlettBoundsAreThoseOfStatsmodels() {
    Autocorrelations found = Autocorrelations.of(GoldenNumbers.sunspots(), 20);
    assertClose("ρ", found.correlations(), statsmodels.get("acf"), TOLERANCE);
    double[] bounds = found.bartlettBounds(0.95);
    double[] expected = statsmodels.get("bartlett");
    for (int h = 1; h <= 20; h++) {
      assertClose("bound " + h, bounds[h], expected[h], TOLERANCE);
    }
    assertClose("white noise", found.whiteNoiseBound(0.95), bounds[1], 1e-14);
  }

  @Test
  void constantResidualsAreRefused() {
    double[] constant = {2, 2, 2, 2, 2, 2};
    assertThatThrownBy(() -> ResidualTests.ljungBox(constant, 2, 0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("residuals that vary");
    assertThatThrownBy(() -> ResidualTests.ljungBox(residuals, 9, 9))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("more lags than the 9 fitted coefficients");
  }

  private static void assertTest(TestResult found, double statistic, double pValue) {
    assertClose("statistic", found.statistic(), statistic, TOLERANCE);
    assertClose("p", found.pValue(), pValue, TOLERANCE);
  }
}
