package io.sparkrnn.ml;

import io.sparkrnn.ml.Forecaster.Forecast;
import io.sparkrnn.ml.Forecaster.Origin;

/** Gives the forecasts from rising origins of one series their intervals. For one series. */
@FunctionalInterface
interface Intervals {

  /** The forecast with its interval; of the series nothing behind the origin is looked at. */
  Forecast apply(Origin origin, Forecast forecast);
}
