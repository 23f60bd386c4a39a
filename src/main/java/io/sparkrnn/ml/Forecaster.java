package io.sparkrnn.ml;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.math3.distribution.NormalDistribution;

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
      return new Forecast(point, point, point, ones(point.length));
    }

    /** A forecast with normal errors of these standard deviations. */
    static Forecast ofDeviations(double[] point, double[] deviation, double level) {
      double z = new NormalDistribution(0, 1).inverseCumulativeProbability((1 + level) / 2);
      double[] lower = new double[point.length];
      double[] upper = new double[point.length];
      double[] unit = new double[point.length];
      for (int h = 0; h < point.length; h++) {
        lower[h] = point[h] - z * deviation[h];
        upper[h] = point[h] + z * deviation[h];
        unit[h] = Math.max(1e-6, deviation[h]);
      }
      return new Forecast(point, lower, upper, unit);
    }

    /** The mean of forecasts of the same, bound by bound. */
    static Forecast mean(List<Forecast> forecasts) {
      return new Forecast(
          mean(forecasts, Forecast::point),
          mean(forecasts, Forecast::lower),
          mean(forecasts, Forecast::upper),
          mean(forecasts, Forecast::unit));
    }

    private static double[] mean(List<Forecast> forecasts, Function<Forecast, double[]> part) {
      double[] mean = new double[part.apply(forecasts.get(0)).length];
      for (Forecast forecast : forecasts) {
        double[] own = part.apply(forecast);
        for (int h = 0; h < mean.length; h++) {
          mean[h] += own[h] / forecasts.size();
        }
      }
      return mean;
    }

    static double[] ones(int count) {
      double[] ones = new double[count];
      Arrays.fill(ones, 1);
      return ones;
    }
  }

  /** A forecast for each origin, in their order. */
  List<Forecast> forecast(List<Origin> origins);
}
