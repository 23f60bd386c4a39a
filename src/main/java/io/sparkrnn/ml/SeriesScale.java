package io.sparkrnn.ml;

import io.sparkrnn.reader.TimeSeries;
import java.io.Serializable;

/**
 * z = (y − mean) / deviation of one series' target, and the size of its changes from step to step
 * in units of z.
 *
 * @param mean of the training part
 * @param deviation of the training part, above 0
 * @param change root mean square of z_t − z_{t−1}, above 0
 */
record SeriesScale(double mean, double deviation, double change) implements Serializable {

  /** Of the first steps of a series, at least one. */
  static SeriesScale of(TimeSeries series, int steps) {
    double[] y = series.target();
    double sum = 0;
    for (int t = 0; t < steps; t++) {
      sum += y[t];
    }
    double mean = sum / steps;
    double squares = 0;
    double changes = 0;
    for (int t = 0; t < steps; t++) {
      squares += (y[t] - mean) * (y[t] - mean);
      changes += t == 0 ? 0 : (y[t] - y[t - 1]) * (y[t] - y[t - 1]);
    }
    double deviation = positive(Math.sqrt(squares / steps));
    double change = Math.sqrt(changes / Math.max(1, steps - 1)) / deviation;
    return new SeriesScale(mean, deviation, positive(change));
  }

  /** A series that never varies is only shifted. */
  static double positive(double deviation) {
    return deviation > 0 ? deviation : 1;
  }

  double scale(double value) {
    return (value - mean) / deviation;
  }

  double restore(double scaled) {
    return scaled * deviation + mean;
  }
}
