package io.sparkrnn.ml;

import java.util.ArrayList;
import java.util.List;

/**
 * Repeats the last season: ŷ_{t+h} = y_{t+h−m·⌈h/m⌉}; with a season of m = 1 the last value. Where
 * there is no season yet, the last value.
 *
 * @param season m
 * @param horizon H
 */
record NaiveForecaster(int season, int horizon) implements Forecaster {

  @Override
  public List<Forecast> forecast(List<Origin> origins) {
    List<Forecast> forecasts = new ArrayList<>();
    for (Origin origin : origins) {
      double[] point = new double[horizon];
      for (int h = 1; h <= horizon; h++) {
        int at = origin.step() + h - season * ((h + season - 1) / season);
        point[h - 1] = origin.series().at(at < 0 ? origin.step() : at);
      }
      forecasts.add(Forecast.ofPoints(point));
    }
    return forecasts;
  }
}
