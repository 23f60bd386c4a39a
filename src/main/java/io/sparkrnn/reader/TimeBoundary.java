package io.sparkrnn.reader;

import io.sparkrnn.error.ConfigurationException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A point of a series at which one split ends and the next begins: a time, or a share of the steps.
 *
 * @param value the time as a number, or the share from 0 to 1
 * @param isShare which of the two
 */
public record TimeBoundary(double value, boolean isShare) implements Serializable {
  /** Before every step. */
  public static TimeBoundary start() {
    return share(0);
  }

  /** After every step. */
  public static TimeBoundary end() {
    return share(1);
  }

  /** At a time: the first step at that time or later comes after the boundary. */
  public static TimeBoundary at(double time) {
    return new TimeBoundary(time, false);
  }

  /** After a share of the steps, rounded to a whole step. */
  public static TimeBoundary share(double share) {
    return new TimeBoundary(share, true);
  }

  /** Refuses a share outside 0 to 1, and a time that is no number. */
  public TimeBoundary {
    if (Double.isNaN(value) || (isShare && (value < 0 || value > 1))) {
      throw new ConfigurationException(
          "expected a time, or a share from 0% to 100%, found " + value);
    }
  }

  /** A time as {@code axis} writes it, or a share such as {@code 70%}. */
  public static TimeBoundary parse(String key, String text, TimeAxis axis) {
    String stripped = text.strip();
    boolean share = stripped.endsWith("%");
    OptionalDouble number =
        share
            ? new TimeAxis("").parse(stripped.substring(0, stripped.length() - 1))
            : axis.parse(stripped);
    if (number.isEmpty() || (share && (number.getAsDouble() < 0 || number.getAsDouble() > 100))) {
      throw new ConfigurationException(
          key
              + ": expected "
              + axis.expected()
              + ", or a share of the steps from 0% to 100%, found \""
              + text
              + "\"");
    }
    return share ? share(number.getAsDouble() / 100) : at(number.getAsDouble());
  }

  /**
   * Position of the first step after the boundary, from 0 to the number of steps.
   *
   * @param times rising times of the steps
   */
  int position(double[] times) {
    if (isShare) {
      return (int) Math.round(value * times.length);
    }
    int found = Arrays.binarySearch(times, value);
    return found >= 0 ? found : -found - 1;
  }
}
