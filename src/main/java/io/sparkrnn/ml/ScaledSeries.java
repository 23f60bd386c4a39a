package io.sparkrnn.ml;

import io.sparkrnn.reader.TimeSeries;

/**
 * A series with its target in units of its scale.
 *
 * @param series as it was read
 * @param scale of its target
 */
record ScaledSeries(TimeSeries series, SeriesScale scale) {

  /** z_t. */
  double at(int t) {
    return scale.scale(series.target()[t]);
  }

  /** z_t − z_{t−1}, 0 at the first step. */
  double change(int t) {
    return t == 0 ? 0 : (series.target()[t] - series.target()[t - 1]) / scale.deviation();
  }
}
