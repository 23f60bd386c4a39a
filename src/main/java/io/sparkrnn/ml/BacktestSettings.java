package io.sparkrnn.ml;

import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.Serializable;
import java.util.List;

/**
 * How forecasts get intervals, and how they are judged from rolling origins.
 *
 * @param season steps of a season, for the seasonal naive forecast and mase
 * @param stride steps from an origin of the backtest to the next
 * @param intervals how intervals are found
 * @param calibrationWindow steps before an origin whose misses calibrate; 0 for the validation part
 * @param calibrationTraining whether the window may reach back into the training part
 * @param adaptation γ: how fast the level follows what intervals missed
 * @param level L: share of values that an interval is to cover
 * @param scores units of the scores
 */
public record BacktestSettings(
    int season,
    int stride,
    String intervals,
    int calibrationWindow,
    boolean calibrationTraining,
    double adaptation,
    double level,
    String scores)
    implements Serializable {

  static final String CONFORMAL = "conformal";
  static final String MODEL_INTERVALS = "model";
  static final String NONE = "none";
  static final String ORIGINAL = "original";
  static final String SCALED = "scaled";

  /** Steps of a window, a season, a horizon: beyond this a setting is a typo. */
  private static final int MOST_STEPS = 1_000_000;

  /** Season. */
  public static final Setting<Integer> SEASON =
      Setting.integer(
          "forecast.season",
          "season",
          1,
          Range.closed(1, MOST_STEPS),
          "steps of a season: what the seasonal naive forecast repeats, and the unit of mase");

  /** Stride of origins. */
  public static final Setting<Integer> STRIDE =
      Setting.integer(
          "forecast.stride",
          "stride",
          1,
          Range.closed(1, MOST_STEPS),
          "steps from an origin of the rolling backtest, and of the calibration, to the next");

  /** Intervals. */
  public static final Setting<String> INTERVALS =
      Setting.choice(
          "forecast.intervals",
          "intervals",
          CONFORMAL,
          List.of(CONFORMAL, MODEL_INTERVALS, NONE),
          "prediction intervals: widened or narrowed until they cover the validation part at every"
              + " step ahead (conformal), as the model gives them (ar, gaussian, quantiles), or"
              + " none");

  /** Window of the calibration. */
  public static final Setting<Integer> CALIBRATION_WINDOW =
      Setting.integer(
          "forecast.calibrationWindow",
          "calibrationWindow",
          0,
          Range.closed(0, MOST_STEPS),
          "steps before an origin whose forecasts, of the series itself, calibrate conformal"
              + " intervals; 0: the validation parts of all series");

  /** Calibration by what was learnt. */
  public static final Setting<Boolean> CALIBRATION_TRAINING =
      Setting.bool(
          "forecast.calibrationTraining",
          "calibrationTraining",
          false,
          "with a calibration window: whether it may reach back into the training part; misses of"
              + " what was learnt are small, little so where a model has few parameters for its"
              + " data");

  /** Adaptation. */
  public static final Setting<Double> ADAPTATION =
      Setting.decimal(
          "forecast.adaptation",
          "adaptation",
          0.0,
          Range.closedOpen(0, 1),
          "with a calibration window: how much a side's share of misses is raised or lowered after"
              + " each value that became known, until as many are missed as forecast.level allows"
              + " (0.001 to 0.05; 0: not at all)");

  /** Level. */
  public static final Setting<Double> LEVEL =
      Setting.decimal(
          "forecast.level",
          "level",
          0.9,
          Range.open(0, 1),
          "share of the values that a prediction interval is to cover");

  /** Units of scores. */
  public static final Setting<String> SCORES =
      Setting.choice(
          "forecast.scores",
          "scores",
          ORIGINAL,
          List.of(ORIGINAL, SCALED),
          "units of the scores: original, or scaled by the training part as series.scaling says");

  /** All settings of backtests. */
  public static final Settings SETTINGS =
      Settings.of(
          SEASON,
          STRIDE,
          INTERVALS,
          CALIBRATION_WINDOW,
          CALIBRATION_TRAINING,
          ADAPTATION,
          LEVEL,
          SCORES);

  static BacktestSettings from(Values values) {
    return new BacktestSettings(
        values.get(SEASON),
        values.get(STRIDE),
        values.get(INTERVALS),
        values.get(CALIBRATION_WINDOW),
        values.get(CALIBRATION_TRAINING),
        values.get(ADAPTATION),
        values.get(LEVEL),
        values.get(SCORES));
  }

  /** Levels of the quantiles that intervals are made of, with the median between them. */
  List<Double> quantiles() {
    return List.of((1 - level) / 2, 0.5, (1 + level) / 2);
  }

  /** Whether intervals are calibrated. */
  boolean conformal() {
    return intervals.equals(CONFORMAL);
  }

  /** Whether calibration follows the last misses of a series. */
  boolean slides() {
    return conformal() && calibrationWindow > 0;
  }

  /** Whether scores are in units of the training part. */
  boolean scaled() {
    return scores.equals(SCALED);
  }
}
