package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.math.Backend;
import io.sparkrnn.metric.RegressionMetrics;
import io.sparkrnn.setting.Values;
import io.sparkrnn.training.CheckpointSettings;
import io.sparkrnn.training.TrainingSettings;
import java.util.List;

/** What settings of a forecaster must fulfil together; told before any row is looked at. */
final class ForecastConsistency {

  private ForecastConsistency() {}

  /**
   * Accepts settings that can train.
   *
   * @throws ConfigurationException naming the setting, what was expected and what was found
   */
  static void require(Values values, SeriesSettings series, ForecastSettings settings) {
    CheckpointSettings.from(values);
    if (settings.recursive() && settings.horizon() > 1 && !series.columns().past().isEmpty()) {
      throw new ConfigurationException(
          "forecast.strategy: recursive forecasts would need values of columns.past = %s that are not known yet; use direct, or columns.future"
              .formatted(series.columns().past()));
    }
    if (!settings.recursive() && settings.feedback().equals(ForecastSettings.FREE)) {
      throw new ConfigurationException(
          "forecast.feedback: only recursive forecasts read their own outputs; set forecast.strategy = recursive, or feedback = teacher");
    }
    if (settings.refit() && !settings.linear()) {
      throw new ConfigurationException(
          "forecast.refit: only least squares (forecast.model = ar) is fitted once more, found forecast.model = %s; set it to false"
              .formatted(settings.model()));
    }
    if (settings.members() > 1 && settings.linear()) {
      throw new ConfigurationException(
          "forecast.members: least squares (forecast.model = ar) gives the same model every time, found %d members; set it to 1"
              .formatted(settings.members()));
    }
    if (settings.backtest().adaptation() > 0 && !settings.backtest().slides()) {
      throw new ConfigurationException(
          "forecast.adaptation: only conformal intervals with a window adapt, found forecast.intervals = %s, forecast.calibrationWindow = %d; set both, or adaptation = 0"
              .formatted(settings.backtest().intervals(), settings.backtest().calibrationWindow()));
    }
    if (settings.backtest().calibrationTraining() && !settings.backtest().slides()) {
      throw new ConfigurationException(
          "forecast.calibrationTraining: only conformal intervals with a window reach back into the training part, found forecast.intervals = %s, forecast.calibrationWindow = %d; set both, or calibrationTraining = false"
              .formatted(settings.backtest().intervals(), settings.backtest().calibrationWindow()));
    }
    boolean distribution = !settings.distribution().equals(ForecastSettings.POINT);
    if (settings.linear() && distribution) {
      throw new ConfigurationException(
          "forecast.distribution: least squares (forecast.model = ar) gives normal intervals by itself; set it to point");
    }
    if (settings.backtest().intervals().equals(BacktestSettings.MODEL_INTERVALS)
        && !settings.linear()
        && !distribution) {
      throw new ConfigurationException(
          "forecast.intervals: a network of points has no intervals of its own; use conformal, or forecast.distribution = gaussian or quantiles");
    }
    requireDelays(series, settings);
    if (!settings.linear()) {
      LearntNetwork.form(values);
    }
    requireMetric(values);
  }

  private static void requireDelays(SeriesSettings series, ForecastSettings settings) {
    List<Integer> lags = settings.exogenousDelays();
    if (!lags.isEmpty() && (lags.size() != 2 || lags.get(0) > lags.get(1))) {
      throw new ConfigurationException(
          "forecast.exogenousDelays: expected the first and the last lag, such as [1, 4], found %s"
              .formatted(lags));
    }
    if (!lags.isEmpty() && !series.columns().past().isEmpty() && lags.get(0) < 1) {
      throw new ConfigurationException(
          "forecast.exogenousDelays: columns.past = %s are known from lag 1 on, found %s; begin with 1, or make them columns.future"
              .formatted(series.columns().past(), lags));
    }
    if (settings.model().equals(ForecastSettings.NARX) && settings.context() < settings.delays()) {
      throw new ConfigurationException(
          "forecast.context: expected at least forecast.delays = %d steps, found %d"
              .formatted(settings.delays(), settings.context()));
    }
  }

  private static void requireMetric(Values values) {
    TrainingSettings training = TrainingSettings.from(values, Backend.JAVA);
    try {
      new RegressionMetrics(1).requireName(training.metric());
    } catch (ConfigurationException e) {
      throw new ConfigurationException("training.metric: " + e.getMessage(), e);
    }
  }
}
