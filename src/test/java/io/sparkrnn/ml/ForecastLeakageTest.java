package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.ml.ForecastEncoding.ColumnCounts;
import io.sparkrnn.reader.TimeGrid;
import io.sparkrnn.reader.TimeSeries;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.sequence.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes later changes nothing of what was learnt, scaled, calibrated or forecast before. */
class ForecastLeakageTest {
  private static final int TRAINING = 36;
  private static final int VALIDATION = 48;

  /** Every value from a step on is another one. */
  private static List<Row> changedFrom(int step) {
    List<Row> rows = new ArrayList<>();
    for (Row row : LongFrames.waves()) {
      boolean later = row.getInt(1) >= 100 + step;
      rows.add(
          RowFactory.create(
              row.get(0), row.get(1), later ? -7 * row.getDouble(2) + 1000 : row.getDouble(2)));
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(strings = {"gru", "ar"})
  void testValuesChangeNeitherParametersNorScalingNorCalibration(String model) {
    for (String scaling : List.of("series", "global")) {
      SequenceForecaster forecaster =
          model.equals("ar") ? LongFrames.linear() : LongFrames.forecaster();
      forecaster.set(SeriesSettings.SCALING, scaling);
      ForecastContent one = forecaster.fit(LongFrames.of(LongFrames.waves())).content();
      ForecastContent other = forecaster.fit(LongFrames.of(changedFrom(VALIDATION))).content();
      assertSame(one, other);
      Calibration a = one.calibrations().get(ForecastContent.MODEL);
      Calibration b = other.calibrations().get(ForecastContent.MODEL);
      assertThat(a.below()).isEqualTo(b.below());
      assertThat(a.above()).isEqualTo(b.above());
    }
  }

  @Test
  void validationValuesChangeNoParametersOfTheLastEpochAndNoScaling() {
    SequenceForecaster forecaster = LongFrames.forecaster().setMaxIter(1);
    assertSame(
        forecaster.fit(LongFrames.of(LongFrames.waves())).content(),
        forecaster.fit(LongFrames.of(changedFrom(TRAINING))).content());
  }

  private static void assertSame(ForecastContent one, ForecastContent other) {
    assertThat(one.encoding().common()).isEqualTo(other.encoding().common());
    if (one.learnt() instanceof LearntNetwork network) {
      assertThat(network.parameters()).isEqualTo(((LearntNetwork) other.learnt()).parameters());
    } else {
      assertThat(((LearntLinear) one.learnt()).coefficients())
          .isDeepEqualTo(((LearntLinear) other.learnt()).coefficients());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void laterValuesOfTheTestPartChangeNoEarlierForecastAndNoInterval(boolean training) {
    SequenceForecastModel model =
        LongFrames.linear()
            .set(BacktestSettings.CALIBRATION_WINDOW, training ? 40 : 10)
            .set(BacktestSettings.CALIBRATION_TRAINING, training)
            .fit(LongFrames.of(LongFrames.waves()));
    // the last origin is step 56, so all its forecasts come before 57 .. 59 are known
    List<ObjectNode> one = series(model, LongFrames.waves());
    List<ObjectNode> other = series(model, changedFrom(57));
    assertThat(one).hasSize(3);
    for (int s = 0; s < 3; s++) {
      for (String column : List.of("forecast", "lower", "upper")) {
        assertThat(one.get(s).path(column)).isEqualTo(other.get(s).path(column));
      }
      assertThat(one.get(s).path("actual")).isNotEqualTo(other.get(s).path("actual"));
    }
  }

  /**
   * Misses before step 36 are of the training part, those of the last 40 steps reach back there.
   */
  @Test
  void onlyACalibrationByTheTrainingPartLooksAtItsMisses() {
    SequenceForecaster forecaster =
        LongFrames.linear().set(BacktestSettings.CALIBRATION_WINDOW, 40);
    SequenceForecastModel behind = forecaster.fit(LongFrames.of(LongFrames.waves()));
    forecaster.set(BacktestSettings.CALIBRATION_TRAINING, true);
    SequenceForecastModel all = forecaster.fit(LongFrames.of(LongFrames.waves()));
    TimeSeries one =
        new TimeSeries(
            "s",
            new TimeGrid(0, 1, false, false),
            new double[60],
            new double[0][],
            new double[0][],
            new double[0]);
    assertThat(behind.content().leadSteps(one, 47)).isEqualTo(47 - 35);
    assertThat(all.content().leadSteps(one, 47)).isEqualTo(47 - 8); // the season before it
    assertThat(all.content().leadSteps(one, 59)).isEqualTo(43); // window and horizon
    assertThat(all.evaluate(LongFrames.of(LongFrames.waves())).toJson())
        .isNotEqualTo(behind.evaluate(LongFrames.of(LongFrames.waves())).toJson());
    assertThatThrownBy(
            () ->
                forecaster
                    .set(BacktestSettings.CALIBRATION_WINDOW, 0)
                    .fit(LongFrames.of(LongFrames.waves())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("forecast.calibrationTraining");
  }

  private static List<ObjectNode> series(SequenceForecastModel model, List<Row> rows) {
    List<ObjectNode> series = new ArrayList<>();
    model
        .evaluate(LongFrames.of(rows))
        .toJson()
        .path("series")
        .forEach(one -> series.add((ObjectNode) one));
    return series;
  }

  @Test
  void everyTargetOfAPartLiesWithinItAndPartsShareNone() {
    ForecastSettings settings = ForecastSettings.from(LongFrames.forecaster().values());
    ForecastEncoding encoding =
        new ForecastEncoding(
            settings,
            SeriesSettings.NONE,
            new SeriesScale(0, 1, 1),
            Normalizer.identity(0),
            new ColumnCounts(0, 0, 0));
    double[] steps = new double[60];
    Arrays.setAll(steps, t -> t); // a value is its own step
    TimeSeries series =
        new TimeSeries(
            "s",
            new TimeGrid(0, 1, false, false),
            steps,
            new double[0][],
            new double[0][],
            new double[0]);
    ForecastWindows windows = new ForecastWindows(encoding);
    ScaledSeries scaled = encoding.scaled(series, TRAINING);
    assertThat(targets(windows.training(scaled, TRAINING)))
        .allMatch(target -> target < TRAINING)
        .contains((double) TRAINING - 1);
    assertThat(targets(windows.part(scaled, TRAINING, VALIDATION)))
        .allMatch(target -> target >= TRAINING && target < VALIDATION)
        .contains((double) TRAINING, (double) VALIDATION - 1);
    for (Sequence window : windows.part(scaled, TRAINING, VALIDATION)) {
      assertThat(window.values(0)[window.length() - 1]).isLessThan(VALIDATION - 1);
    }
  }

  private static List<Double> targets(List<Sequence> windows) {
    List<Double> targets = new ArrayList<>();
    for (Sequence window : windows) {
      for (float target : window.values(1)) {
        if (!Float.isNaN(target)) {
          targets.add((double) target);
        }
      }
    }
    return targets;
  }
}
