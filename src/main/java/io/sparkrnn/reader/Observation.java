package io.sparkrnn.reader;

import io.sparkrnn.error.DataException;
import java.io.Serializable;
import java.util.OptionalDouble;

/** One row of the long format: the values of one series at one time, and where they stand. */
final class Observation implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String series;
  private final double time;
  private final double[] values;
  private final String place;

  /**
   * An observation.
   *
   * @param series id of its series
   * @param time its time as a number
   * @param values one a value column
   * @param place where it stands, for a message
   */
  Observation(String series, double time, double[] values, String place) {
    this.series = series;
    this.time = time;
    this.values = values;
    this.place = place;
  }

  String series() {
    return series;
  }

  double time() {
    return time;
  }

  double[] values() {
    return values;
  }

  String place() {
    return place;
  }

  /** The number read from a column, or a failure that names the place. */
  static double require(
      OptionalDouble number, String place, String column, String expected, Object found) {
    return number.orElseThrow(
        () ->
            new DataException(
                place
                    + ", column \""
                    + column
                    + "\": expected "
                    + expected
                    + ", found "
                    + (found instanceof String ? "\"" + found + "\"" : found)));
  }
}
