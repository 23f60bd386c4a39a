package io.sparkrnn.ml;

import io.sparkrnn.cell.Cells;
import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What is forecast, and how.
 *
 * @param model ar, narx, tdnn, or name of a cell (the recurrent models), or a class name
 * @param horizon H: steps ahead
 * @param strategy direct (H outputs at every step) or recursive (one, fed back)
 * @param values levels, changes or residual
 * @param delays K: values of the target that ar and narx see
 * @param exogenousDelays first and last delay at which they see other columns; empty for default
 * @param feedback teacher or free
 * @param refit whether what forecasts ahead learns from all steps
 * @param distribution point, gaussian or quantiles
 * @param paths sampled by recursive forecasts of a distribution
 * @param context steps before an origin that the model reads
 * @param window steps that are scored in a training sequence, 0 for all
 * @param windowStride steps from the start of a window to that of the next, 0 for window
 * @param members networks whose forecasts are averaged
 * @param backtest how forecasts are judged
 */
public record ForecastSettings(
    String model,
    int horizon,
    String strategy,
    String values,
    int delays,
    List<Integer> exogenousDelays,
    String feedback,
    boolean refit,
    String distribution,
    int paths,
    int context,
    int window,
    int windowStride,
    int members,
    BacktestSettings backtest)
    implements Serializable {

  static final String AR = "ar";
  static final String NARX = "narx";
  static final String TDNN = "tdnn";
  static final String DIRECT = "direct";
  static final String RECURSIVE = "recursive";
  static final String LEVELS = "levels";
  static final String CHANGES = "changes";
  static final String RESIDUAL = "residual";
  static final String TEACHER = "teacher";
  static final String FREE = "free";
  static final String POINT = "point";
  static final String GAUSSIAN = "gaussian";
  static final String QUANTILES = "quantiles";

  /** Steps of a window, a season, a horizon: beyond this a setting is a typo. */
  private static final int MOST_STEPS = 1_000_000;

  /** Lags: least squares holds the square of their number. */
  private static final int MOST_DELAYS = 10_000;

  /** Networks of an ensemble. */
  private static final int MOST_MEMBERS = 100;

  /** Model. */
  public static final Setting<String> MODEL =
      Setting.openChoice(
          "forecast.model",
          "model",
          "lstm",
          modelNames(),
          "what forecasts: a linear model by least squares (ar), a perceptron of delayed values"
              + " (narx), delays at every layer (tdnn, see network.delays), or a recurrent network"
              + " of this cell");

  /** Horizon. */
  public static final Setting<Integer> HORIZON =
      Setting.integer(
          "forecast.horizon",
          "horizon",
          1,
          Range.closed(1, MOST_STEPS),
          "steps ahead that are forecast");

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
          List.of(LEVELS, CHANGES, RESIDUAL),
          "what the model reads and gives: values (levels); their changes (from the step before; to"
              + " the steps ahead), which are blind to the level; or it reads values and its"
              + " outputs are added to the last one (residual)");

  /** Delays. */
  public static final Setting<Integer> DELAYS =
      Setting.integer(
          "forecast.delays",
          "targetDelays",
          8,
          Range.closed(1, MOST_DELAYS),
          "past values of the target that ar and narx see: lags 1 to this");

  /** Delays of other columns. */
  public static final Setting<List<Integer>> EXOGENOUS_DELAYS =
      Setting.integers(
          "forecast.exogenousDelays",
          "exogenousDelays",
          List.of(),
          Range.closed(0, MOST_DELAYS),
          "first and last lag at which models see past and future columns, 0 being the step that is"
              + " forecast; none: 1 for past columns, 0 for future ones");

  /** Feedback. */
  public static final Setting<String> FEEDBACK =
      Setting.choice(
          "forecast.feedback",
          "feedback",
          TEACHER,
          List.of(TEACHER, FREE),
          "what recursive networks read in training: true values, or behind the context their own"
              + " outputs, through which the gradient then goes");

  /** Refit. */
  public static final Setting<Boolean> REFIT =
      Setting.bool(
          "forecast.refit",
          "refit",
          false,
          "whether the model that is kept for forecasts ahead is fitted once more to all steps (ar);"
              + " scores and intervals stay those of the training part's");

  /** Distribution. */
  public static final Setting<String> DISTRIBUTION =
      Setting.choice(
          "forecast.distribution",
          "distribution",
          POINT,
          List.of(POINT, GAUSSIAN, QUANTILES),
          "what a network gives of every step: a value by squared error, mean and variance by"
              + " Gaussian likelihood, or median and bounds of the interval by quantile losses");

  /** Paths. */
  public static final Setting<Integer> PATHS =
      Setting.integer(
          "forecast.paths",
          "paths",
          200,
          Range.closed(2, MOST_STEPS),
          "futures sampled by recursive forecasts of a distribution");

  /** Context. */
  public static final Setting<Integer> CONTEXT =
      Setting.integer(
          "forecast.context",
          "context",
          64,
          Range.closed(1, MOST_STEPS),
          "steps up to an origin that the model reads");

  /** Window. */
  public static final Setting<Integer> WINDOW =
      Setting.integer(
          "forecast.window",
          "window",
          64,
          Range.closed(0, MOST_STEPS),
          "steps of a training sequence that are learnt, after its context; 0: the whole part");

  /** Stride of windows. */
  public static final Setting<Integer> WINDOW_STRIDE =
      Setting.integer(
          "forecast.windowStride",
          "windowStride",
          0,
          Range.closed(0, MOST_STEPS),
          "steps from the start of a window to that of the next; 0: window");

  /** Members. */
  public static final Setting<Integer> MEMBERS =
      Setting.integer(
          "forecast.members",
          "members",
          1,
          Range.closed(1, MOST_MEMBERS),
          "networks that are trained apart, alike but for their random numbers, and whose forecasts"
              + " and bounds of intervals are averaged");

  /** All settings of forecasts. */
  public static final Settings SETTINGS =
      Settings.union(
          BacktestSettings.SETTINGS,
          Settings.of(
              MODEL,
              HORIZON,
              STRATEGY,
              VALUES,
              DELAYS,
              EXOGENOUS_DELAYS,
              FEEDBACK,
              REFIT,
              DISTRIBUTION,
              PATHS,
              CONTEXT,
              WINDOW,
              WINDOW_STRIDE,
              MEMBERS));

  /** Copies the list. */
  public ForecastSettings {
    exogenousDelays = new ArrayList<>(exogenousDelays);
  }

  private static List<String> modelNames() {
    List<String> names = new ArrayList<>(List.of(AR, NARX, TDNN));
    names.addAll(Cells.names());
    return names;
  }

  static ForecastSettings from(Values values) {
    return new ForecastSettings(
        values.get(MODEL),
        values.get(HORIZON),
        values.get(STRATEGY),
        values.get(VALUES),
        values.get(DELAYS),
        values.get(EXOGENOUS_DELAYS),
        values.get(FEEDBACK),
        values.get(REFIT),
        values.get(DISTRIBUTION),
        values.get(PATHS),
        values.get(CONTEXT),
        values.get(WINDOW),
        values.get(WINDOW_STRIDE),
        values.get(MEMBERS),
        BacktestSettings.from(values));
  }

  /** Values that the network gives at a step: H, or 1 that is fed back. */
  int outputs() {
    return strategy.equals(DIRECT) ? horizon : 1;
  }

  boolean linear() {
    return model.equals(AR);
  }

  /** Whether recursive forecasts are sampled. */
  boolean sampled() {
    return recursive() && !distribution.equals(POINT);
  }

  boolean changes() {
    return values.equals(CHANGES);
  }

  /** Whether the outputs of a network are added to the last value. */
  boolean residual() {
    return values.equals(RESIDUAL);
  }

  /** Steps before an origin from which forecasts are needed to calibrate its interval. */
  int leadSteps() {
    return backtest.slides() ? backtest.calibrationWindow() + horizon : 0;
  }

  /** Whether a training reads its own outputs. */
  boolean freeRun() {
    return recursive() && feedback.equals(FREE);
  }

  boolean recursive() {
    return strategy.equals(RECURSIVE);
  }
}
