package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.reader.TimeBoundary;
import io.sparkrnn.reader.TimeSeries;
import java.io.Serializable;

/**
 * Training, validation and test part of every series, one after another in time.
 *
 * @param validationFrom where training ends
 * @param testFrom where validation ends
 * @param testUntil where the test ends
 */
record SeriesParts(TimeBoundary validationFrom, TimeBoundary testFrom, TimeBoundary testUntil)
    implements Serializable {

  /** Refuses parts in another order, as far as it can be seen without data. */
  SeriesParts {
    requireOrder(
        SeriesSettings.VALIDATION_FROM.key(),
        validationFrom,
        SeriesSettings.TEST_FROM.key(),
        testFrom);
    requireOrder(
        SeriesSettings.TEST_FROM.key(), testFrom, SeriesSettings.TEST_UNTIL.key(), testUntil);
  }

  private static void requireOrder(
      String first, TimeBoundary earlier, String second, TimeBoundary later) {
    if (earlier.isShare() == later.isShare() && earlier.value() > later.value()) {
      throw new ConfigurationException(
          "%s: expected it not to lie after %s, found %s and %s"
              .formatted(first, second, shown(earlier), shown(later)));
    }
  }

  private static String shown(TimeBoundary boundary) {
    return boundary.isShare() ? 100 * boundary.value() + "%" : Double.toString(boundary.value());
  }

  /** End of the training part of a series. */
  int trainingEnd(TimeSeries series) {
    return series.position(validationFrom);
  }

  /** End of its validation part. */
  int validationEnd(TimeSeries series) {
    return Math.max(trainingEnd(series), series.position(testFrom));
  }

  /** End of its test part. */
  int testEnd(TimeSeries series) {
    return Math.max(validationEnd(series), series.position(testUntil));
  }
}
