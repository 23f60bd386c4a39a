package io.sparkrnn.statistics;

import static io.sparkrnn.statistics.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.DataException;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.RandomStream;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast way through the normal equations gives what the careful one gives. */
class SeriesLeastSquaresTest {

  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "3, true", "9, true", "0, false", "3, false", "9, false"})
  void fitsAreThoseOfTriangularFactors(int order, boolean intercept) {
    SeriesLeastSquares fitter = new SeriesLeastSquares(order, intercept, Optional.empty());
    for (int i = 0; i < 50; i++) {
      double[] series = series(i, 30 + 7 * i);
      fitter.fit(series, series.length);
      assertSame(
          fitter,
          Autoregression.fit(EstimationMethod.LEAST_SQUARES, series, order, intercept),
          intercept);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ordersAreChosenAsFromTriangularFactors(boolean intercept) {
    for (Criterion criterion : Criterion.values()) {
      SeriesLeastSquares fitter = new SeriesLeastSquares(7, intercept, Optional.of(criterion));
      for (int i = 0; i < 30; i++) {
        double[] series = series(i, 40 + 9 * i);
        fitter.fit(series, series.length);
        assertSame(
            fitter,
            Autoregression.choose(EstimationMethod.LEAST_SQUARES, series, 7, intercept, criterion),
            intercept);
      }
    }
  }

  @Test
  void whatTheNormalEquationsWouldSpoilIsSolvedCarefully() {
    // A sine with little noise: its lags are almost collinear and its residuals tiny.
    RandomStream random = RandomKey.ofSeed(1).child("sine").stream();
    double[] series = new double[400];
    Arrays.setAll(series, t -> 1000 + Math.sin(0.1 * t) + 1e-7 * random.nextGaussian());
    SeriesLeastSquares fitter = new SeriesLeastSquares(3, true, Optional.empty());
    fitter.fit(series, series.length);
    AutoregressiveFit careful = Autoregression.fit(EstimationMethod.LEAST_SQUARES, series, 3, true);
    assertThat(fitter.residualSumOfSquares()).isEqualTo(careful.residualSumOfSquares());
    for (int k = 1; k <= 3; k++) {
      assertThat(fitter.coefficient(k)).isEqualTo(careful.model().coefficients()[k - 1]);
    }
  }

  @Test
  void onlyTheFirstValuesCount() {
    double[] series = series(4, 100);
    SeriesLeastSquares fitter = new SeriesLeastSquares(2, true, Optional.empty());
    fitter.fit(series, 60);
    AutoregressiveFit short60 =
        Autoregression.fit(EstimationMethod.LEAST_SQUARES, Arrays.copyOf(series, 60), 2, true);
    assertSame(fitter, short60, true);
    assertThat(fitter.observations()).isEqualTo(60);
  }

  @Test
  void seriesThatTeachNothingAreRefusedWithTheReason() {
    SeriesLeastSquares fitter = new SeriesLeastSquares(2, true, Optional.empty());
    double[] constant = new double[20];
    Arrays.fill(constant, 0.1);
    assertThatThrownBy(() -> fitter.fit(constant, 20))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected a series that varies, found 20 times 0.1");
    assertThatThrownBy(() -> fitter.fit(new double[] {1, 2, 3, 4, 5}, 5))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected more than 5 values, found 5");
    double[] broken = series(1, 20);
    broken[7] = Double.NaN;
    assertThatThrownBy(() -> fitter.fit(broken, 20))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("NaN at place 8 of 20");
    double[] alternating = new double[20];
    Arrays.setAll(alternating, t -> t % 2);
    assertThatThrownBy(() -> fitter.fit(alternating, 20))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("lag1, lag2 are collinear");
  }

  private static double[] series(int number, int length) {
    RandomStream random = RandomKey.ofSeed(11).child("series").child(number).stream();
    double[] values = new double[length];
    double level = 5.0 * number;
    for (int t = 0; t < length; t++) {
      double one = t < 1 ? 0 : values[t - 1] - level;
      double two = t < 2 ? 0 : values[t - 2] - level;
      values[t] = level + 1.2 * one - 0.5 * two + random.nextGaussian();
    }
    return values;
  }

  private static void assertSame(
      SeriesLeastSquares found, AutoregressiveFit expected, boolean intercept) {
    assertThat(found.order()).isEqualTo(expected.order());
    assertClose("rss", found.residualSumOfSquares(), expected.residualSumOfSquares(), 1e-10);
    int constants = intercept ? 1 : 0;
    double scale = expected.terms().stream().mapToDouble(Term::standardError).max().orElse(0);
    for (int k = 1; k <= found.order(); k++) {
      Term term = expected.terms().get(constants + k - 1);
      assertThat(found.coefficient(k))
          .isCloseTo(term.value(), org.assertj.core.data.Offset.offset(1e-10 * (1 + scale)));
      assertClose(term.name(), found.standardError(k), term.standardError(), 1e-10);
    }
    if (intercept) {
      Term term = expected.terms().get(0);
      assertClose("intercept", found.intercept(), term.value(), 1e-8);
      assertClose("its error", found.interceptError(), term.standardError(), 1e-10);
    }
  }
}
