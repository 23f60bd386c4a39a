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
 */
record RollingOrigins(SeriesParts parts, boolean test, int horizon, int stride)
    implements Serializable {

  int start(TimeSeries series) {
    return test ? parts.validationEnd(series) : parts.trainingEnd(series);
  }

  int end(TimeSeries series) {
    return test ? parts.testEnd(series) : parts.validationEnd(series);
  }

  /** Last known steps, rising. */
  int[] of(TimeSeries series) {
    int first = Math.max(1, start(series)) - 1;
    int last = end(series) - 1 - horizon;
    return IntStream.iterate(first, step -> step <= last, step -> step + stride).toArray();
  }
}
