package io.sparkrnn.ml;

import io.sparkrnn.reader.TimeBoundary;
import io.sparkrnn.reader.TimeSeries;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a trained forecaster consists of. Immutable by agreement.
 *
 * @param encoding of series
 * @param parts of series
 * @param learnt from their training parts
 * @param ahead what forecasts behind the last known steps: the same, or learnt from all steps
 * @param calibrations of the intervals of the model and of each baseline, by name; empty if there
 *     are no intervals
 * @param summary of its training
 */
record ForecastContent(
    ForecastEncoding encoding,
    SeriesParts parts,
    Learnt learnt,
    Learnt ahead,
    LinkedHashMap<String, Calibration> calibrations,
    TrainingSummary summary)
    implements Serializable {

  /** The model among forecasters. */
  static final String MODEL = "model";

  /** The seasonal naive forecast. */
  static final String SEASONAL_NAIVE = "seasonal-naive";

  /** The last value repeated. */
  static final String REPEAT_LAST = "repeat-last";

  ForecastSettings settings() {
    return encoding.settings();
  }

  /** Whether the model or a baseline gives intervals. */
  boolean hasIntervals(String name) {
    return calibrations.containsKey(name)
        || (name.equals(MODEL)
            && settings().backtest().intervals().equals(BacktestSettings.MODEL_INTERVALS));
  }

  /** The same for series of which every step is of the test part. */
  ForecastContent ofTestSeries() {
    TimeBoundary start = TimeBoundary.start();
    return new ForecastContent(
        encoding,
        new SeriesParts(start, start, TimeBoundary.end()),
        learnt,
        ahead,
        calibrations,
        summary);
  }

  /** What gives the forecasts of one series their intervals. */
  Intervals intervals(String name) {
    Calibration calibration = calibrations.get(name);
    if (calibration == null) {
      return (origin, forecast) -> forecast;
    }
    ForecastSettings settings = settings();
    return settings.backtest().slides()
        ? new RecentMisses(settings.horizon(), settings.backtest(), calibration)
        : (origin, forecast) -> calibration.apply(forecast);
  }

  /**
   * Steps before an origin from which forecasts are needed for its interval: behind the training
   * part, unless that calibrates too.
   */
  int leadSteps(TimeSeries series, int origin) {
    int learnt = Math.max(0, parts.trainingEnd(series) - 1);
    int from =
        settings().backtest().calibrationTraining() ? Math.min(learnt, firstOrigin()) : learnt;
    return Math.max(0, Math.min(settings().leadSteps(), origin - from));
  }

  /** The first step before which lies all that the model and its baselines look at. */
  private int firstOrigin() {
    int seen = settings().linear() ? new Regressors(encoding).firstRow() : settings().context() - 1;
    return Math.max(seen, settings().backtest().season() - 1);
  }

  /** The same with intervals that are calibrated so. */
  ForecastContent calibrated(Map<String, Calibration> found) {
    return new ForecastContent(encoding, parts, learnt, ahead, new LinkedHashMap<>(found), summary);
  }

  /** The same with another summary. */
  ForecastContent summarized(TrainingSummary other) {
    return new ForecastContent(encoding, parts, learnt, ahead, calibrations, other);
  }

  /** The model and what it is compared with, each for one thread. */
  LinkedHashMap<String, Forecaster> forecasters(String backend) {
    LinkedHashMap<String, Forecaster> all = new LinkedHashMap<>();
    all.put(MODEL, learnt.forecaster(encoding, backend));
    all.put(
        SEASONAL_NAIVE, new NaiveForecaster(settings().backtest().season(), settings().horizon()));
    all.put(REPEAT_LAST, new NaiveForecaster(1, settings().horizon()));
    return all;
  }
}
