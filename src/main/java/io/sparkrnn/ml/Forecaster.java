package io.sparkrnn.ml;

import java.util.List;

/** Forecasts from origins, in units of each series' scale. For one thread. */
interface Forecaster {

  /**
   * A place to forecast from.
   *
   * @param series of which nothing behind the step is looked at, but what is known in advance
   * @param step the last known one
   */
  record Origin(ScaledSeries series, int step) {}

  /**
   * What is expected 1 to H steps ahead, with an interval that may need calibration.
   *
   * @param point H values
   * @param lower H values
   * @param upper H values
   * @param unit H values above 0: what one unit of calibration widens the interval by
   */
  @SuppressWarnings("ArrayRecordComponent") // a compact carrier, read once
  record Forecast(double[] point, double[] lower, double[] upper, double[] unit) {

    /** A forecast without an interval of its own. */
    static Forecast ofPoints(double[] point) {
      double[] ones = new double[point.length];
      java.util.Arrays.fill(ones, 1);
      return new Forecast(point, point, point, ones);
    }
  }

  /** A forecast for each origin, in their order. */
  List<Forecast> forecast(List<Origin> origins);
}
