package io.sparkrnn.ml;

import java.util.ArrayList;
import java.util.List;

/**
 * Forecasts of a linear model: direct, one equation a step ahead; or recursive, one equation that
 * reads its own values, whose errors have the variance σ²·Σ ψ_j², j below h (Box and Jenkins 1970).
 */
final class LinearForecaster implements Forecaster {

  private final ForecastEncoding encoding;
  private final ForecastSettings settings;
  private final LearntLinear learnt;
  private final Regressors regressors;
  private final double[] deviations;

  LinearForecaster(ForecastEncoding encoding, LearntLinear learnt) {
    this.encoding = encoding;
    this.settings = encoding.settings();
    this.learnt = learnt;
    this.regressors = new Regressors(encoding);
    this.deviations = settings.recursive() ? recursiveDeviations() : directDeviations();
  }

  private double[] directDeviations() {
    double[] found = new double[settings.horizon()];
    for (int h = 0; h < found.length; h++) {
      found[h] = Math.sqrt(learnt.variances()[h]);
    }
    return found;
  }

  /** ψ of the levels: those of changes are summed up. */
  private double[] recursiveDeviations() {
    int horizon = settings.horizon();
    double[] psi = new double[horizon];
    double[] found = new double[horizon];
    double level = 0;
    double squares = 0;
    for (int j = 0; j < horizon; j++) {
      psi[j] = j == 0 ? 1 : 0;
      for (int k = 1; k <= Math.min(j, settings.delays()); k++) {
        psi[j] += learnt.coefficients()[0][k] * psi[j - k];
      }
      level = settings.changes() ? level + psi[j] : psi[j];
      squares += level * level;
      found[j] = Math.sqrt(learnt.variances()[0] * squares);
    }
    return found;
  }

  @Override
  public List<Forecast> forecast(List<Origin> origins) {
    List<Forecast> forecasts = new ArrayList<>();
    for (Origin origin : origins) {
      double[] point = settings.recursive() ? recursive(origin) : direct(origin);
      double[] own = deviations.clone();
      for (int h = 0; h < own.length; h++) {
        own[h] *= encoding.unit(origin.series().scale());
      }
      forecasts.add(Forecast.ofDeviations(point, own, settings.backtest().level()));
    }
    return forecasts;
  }

  private double[] direct(Origin origin) {
    ScaledSeries series = origin.series();
    double[] own = regressors.own(series, origin.step());
    double[] row = regressors.of(series.series(), origin.step(), own);
    double base = series.at(origin.step());
    double[] point = new double[settings.horizon()];
    for (int h = 0; h < point.length; h++) {
      point[h] = encoding.level(learnt.value(h, row), base, series.scale());
    }
    return point;
  }

  private double[] recursive(Origin origin) {
    ScaledSeries series = origin.series();
    double[] own = regressors.own(series, origin.step());
    double base = series.at(origin.step());
    double[] point = new double[settings.horizon()];
    for (int h = 0; h < point.length; h++) {
      double next = learnt.value(0, regressors.of(series.series(), origin.step() + h, own));
      System.arraycopy(own, 0, own, 1, own.length - 1);
      own[0] = next;
      point[h] = encoding.level(next, base, series.scale());
      base = point[h];
    }
    return point;
  }
}
