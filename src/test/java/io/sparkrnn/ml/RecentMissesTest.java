package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.ml.Forecaster.Forecast;
import io.sparkrnn.ml.Forecaster.Origin;
import io.sparkrnn.reader.TimeGrid;
import io.sparkrnn.reader.TimeSeries;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Intervals out of the last misses, and their level that follows what they missed. */
class RecentMissesTest {
  private static final int LENGTH = 6000;
  private static final int HORIZON = 3;
  private static final double LEVEL = 0.9;

  private static BacktestSettings settings(int window, double adaptation) {
    return new BacktestSettings(
        1,
        1,
        BacktestSettings.CONFORMAL,
        window,
        false,
        adaptation,
        LEVEL,
        BacktestSettings.ORIGINAL);
  }

  private static ScaledSeries series(double[] values) {
    TimeSeries series =
        new TimeSeries(
            "s",
            new TimeGrid(0, 1, false, false),
            values,
            new double[0][],
            new double[0][],
            new double[0]);
    return new ScaledSeries(series, new SeriesScale(0, 1, 1));
  }

  /** Noise whose spread doubles every {@code doubling} steps, forecast as 0. */
  private static double[] rising(int doubling) {
    Random random = new Random(3);
    return IntStream.range(0, LENGTH)
        .mapToDouble(t -> Math.pow(2, t / (double) doubling) * random.nextGaussian())
        .toArray();
  }

  private static double coverage(double[] values, BacktestSettings settings, int h) {
    ScaledSeries series = series(values);
    RecentMisses intervals = new RecentMisses(HORIZON, settings, Calibration.none(HORIZON));
    int from = 1000;
    int covered = 0;
    for (int step = 0; step + HORIZON < LENGTH; step++) {
      Forecast given =
          intervals.apply(new Origin(series, step), Forecast.ofPoints(new double[HORIZON]));
      double actual = values[step + h];
      boolean inside = actual >= given.lower()[h - 1] && actual <= given.upper()[h - 1];
      covered += step >= from && inside ? 1 : 0;
    }
    return covered / (double) (LENGTH - HORIZON - from);
  }

  @Test
  void noiseThatStaysTheSameIsCoveredAsTheLevelSays() {
    double[] values = rising(1 << 30);
    assertThat(coverage(values, settings(500, 0), 1)).isCloseTo(LEVEL, within(0.02));
    assertThat(coverage(values, settings(500, 0.01), 3)).isCloseTo(LEVEL, within(0.02));
  }

  @Test
  void aLevelThatAdaptsCoversNoiseThatRises() {
    double[] values = rising(400);
    for (int h = 1; h <= HORIZON; h++) {
      double fixed = coverage(values, settings(500, 0), h);
      double adapted = coverage(values, settings(500, 0.02), h);
      assertThat(fixed).isLessThan(LEVEL - 0.04);
      assertThat(adapted).isCloseTo(LEVEL, within(0.02));
    }
  }

  /** Gibbs and Candès's bound: n·γ·|misses − β| is at most the room of the level and one step. */
  @Test
  void whatIsMissedStaysWithinTheBoundOfTheRule() {
    double rate = 0.05;
    double[] values = rising(200);
    double coverage = coverage(values, settings(100, rate), 1);
    int counted = LENGTH - HORIZON - 1000;
    assertThat(Math.abs(coverage - LEVEL)).isLessThan(2 * (0.5 + rate) / (rate * counted) + 0.02);
  }

  @Test
  void anIntervalIsMadeOfWhatIsKnownAtItsOrigin() {
    double[] values = rising(400);
    double[] other = values.clone();
    int origin = 3000;
    for (int t = origin + 1; t < LENGTH; t++) {
      other[t] = 1000;
    }
    assertThat(at(other, origin).upper()).isEqualTo(at(values, origin).upper());
    assertThat(at(other, origin).lower()).isEqualTo(at(values, origin).lower());
  }

  private static Forecast at(double[] values, int origin) {
    ScaledSeries series = series(values);
    RecentMisses intervals =
        new RecentMisses(HORIZON, settings(300, 0.02), Calibration.none(HORIZON));
    Forecast given = Forecast.ofPoints(new double[HORIZON]);
    for (int step = 0; step <= origin; step++) {
      given = intervals.apply(new Origin(series, step), Forecast.ofPoints(new double[HORIZON]));
    }
    return given;
  }
}
