package io.sparkrnn.ml;

import io.sparkrnn.reader.TimeSeries;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * Origins of a backtest in a part of a series: from the step before its first one, every stride
 * steps, as long as the whole horizon lies within the part.
 *
 * @param parts of series
 * @param test whether the test part or the validation part
 * @param horizon H
 * @param stride from one to the next
 * @param context steps that must lie before an origin where a series begins with its part
 */
record RollingOrigins(SeriesParts parts, boolean test, int horizon, int stride, int context)
    implements Serializable {

  int start(TimeSeries series) {
    return test ? parts.validationEnd(series) : parts.trainingEnd(series);
  }

  int end(TimeSeries series) {
    return test ? parts.testEnd(series) : parts.validationEnd(series);
  }

  /** The first one. */
  int first(TimeSeries series) {
    return start(series) == 0 ? context - 1 : start(series) - 1;
  }

  /**
   * Last known steps, rising, after those of up to {@code lead} steps that lead up to the part.
   * There are none where the part has none.
   */
  int[] of(TimeSeries series, int lead) {
    int first = first(series);
    int last = end(series) - 1 - horizon;
    if (last < first) {
      return new int[0];
    }
    int from = first - lead / stride * stride;
    return IntStream.iterate(from, step -> step <= last, step -> step + stride).toArray();
  }
}
