package io.sparkrnn.ml;

import io.sparkrnn.cell.Cells;
import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.Serializable;
import java.util.List;

/**
 * What is forecast, and how.
 *
 * @param model name of a cell (the recurrent models), or a class name
 * @param horizon H: steps ahead
 * @param strategy direct (H outputs at every step) or recursive (one, fed back)
 * @param values levels or changes
 * @param context steps before an origin that the model reads
 * @param window steps that are scored in a training sequence, 0 for all
 * @param windowStride steps from the start of a window to that of the next, 0 for window
 * @param season steps of a season, for the seasonal naive forecast and mase
 * @param stride steps from an origin of the backtest to the next
 * @param intervals how intervals are found
 * @param level L: share of values that an interval is to cover
 * @param scores units of the scores
 */
public record ForecastSettings(
    String model,
    int horizon,
    String strategy,
    String values,
    int context,
    int window,
    int windowStride,
    int season,
    int stride,
    String intervals,
    double level,
    String scores)
    implements Serializable {

  static final String DIRECT = "direct";
  static final String RECURSIVE = "recursive";
  static final String LEVELS = "levels";
  static final String CHANGES = "changes";
  static final String CONFORMAL = "conformal";
  static final String NONE = "none";
  static final String ORIGINAL = "original";
  static final String SCALED = "scaled";

  /** Model. */
  public static final Setting<String> MODEL =
      Setting.openChoice(
          "forecast.model",
          "model",
          "lstm",
          Cells.names(),
          "what forecasts: a recurrent network of this cell, or of a cell of your own");

  /** Horizon. */
  public static final Setting<Integer> HORIZON =
      Setting.integer(
          "forecast.horizon", "horizon", 1, Range.atLeast(1), "steps ahead that are forecast");

  /** Strategy. */
  public static final Setting<String> STRATEGY =
      Setting.choice(
          "forecast.strategy",
          "strategy",
          DIRECT,
          List.of(DIRECT, RECURSIVE),
          "direct: the model gives all steps ahead at once; recursive: one, which it then reads");

  /** Values. */
  public static final Setting<String> VALUES =
      Setting.choice(
          "forecast.values",
          "forecastValues",
          LEVELS,
          List.of(LEVELS, CHANGES),
          "what the model reads and gives: values, or their changes (from the step before; to the"
              + " steps ahead), which are blind to the level");

  /** Context. */
  public static final Setting<Integer> CONTEXT =
      Setting.integer(
          "forecast.context",
          "context",
          64,
          Range.atLeast(1),
          "steps up to an origin that the model reads");

  /** Window. */
  public static final Setting<Integer> WINDOW =
      Setting.integer(
          "forecast.window",
          "window",
          64,
          Range.atLeast(0),
          "steps of a training sequence that are learnt, after its context; 0: the whole part");

  /** Stride of windows. */
  public static final Setting<Integer> WINDOW_STRIDE =
      Setting.integer(
          "forecast.windowStride",
          "windowStride",
          0,
          Range.atLeast(0),
          "steps from the start of a window to that of the next; 0: window");

  /** Season. */
  public static final Setting<Integer> SEASON =
      Setting.integer(
          "forecast.season",
          "season",
          1,
          Range.atLeast(1),
          "steps of a season: what the seasonal naive forecast repeats, and the unit of mase");

  /** Stride of origins. */
  public static final Setting<Integer> STRIDE =
      Setting.integer(
          "forecast.stride",
          "stride",
          1,
          Range.atLeast(1),
          "steps from an origin of the rolling backtest, and of the calibration, to the next");

  /** Intervals. */
  public static final Setting<String> INTERVALS =
      Setting.choice(
          "forecast.intervals",
          "intervals",
          CONFORMAL,
          List.of(CONFORMAL, NONE),
          "prediction intervals: widened or narrowed until they cover the validation part at every"
              + " step ahead (conformal), or none");

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

  /** All settings of forecasts. */
  public static final Settings SETTINGS =
      Settings.of(
          MODEL,
          HORIZON,
          STRATEGY,
          VALUES,
          CONTEXT,
          WINDOW,
          WINDOW_STRIDE,
          SEASON,
          STRIDE,
          INTERVALS,
          LEVEL,
          SCORES);

  static ForecastSettings from(Values values) {
    return new ForecastSettings(
        values.get(MODEL),
        values.get(HORIZON),
        values.get(STRATEGY),
        values.get(VALUES),
        values.get(CONTEXT),
        values.get(WINDOW),
        values.get(WINDOW_STRIDE),
        values.get(SEASON),
        values.get(STRIDE),
        values.get(INTERVALS),
        values.get(LEVEL),
        values.get(SCORES));
  }

  /** Values that the network gives at a step: H, or 1 that is fed back. */
  int outputs() {
    return strategy.equals(DIRECT) ? horizon : 1;
  }

  boolean changes() {
    return values.equals(CHANGES);
  }

  boolean recursive() {
    return strategy.equals(RECURSIVE);
  }
}
