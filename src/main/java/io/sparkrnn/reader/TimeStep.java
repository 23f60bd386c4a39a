package io.sparkrnn.reader;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.format.DecimalText;
import java.io.Serializable;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How the step of a series is found: given, or inferred from its times. Inferred, it is the
 * smallest difference of two neighbours, made exact over the whole span; dates that fall on the
 * same day of different months step by calendar months.
 *
 * @param given the step, 0 to infer it
 * @param months whether a given step counts calendar months
 * @param calendar whether times are dates or timestamps (in seconds) and no plain numbers
 */
public record TimeStep(double given, boolean months, boolean calendar) implements Serializable {

  private static final double SHORTEST_MONTH = 28 * 86_400.0;

  private static final Map<String, Double> UNITS =
      Map.of(
          "second", 1.0, "minute", 60.0, "hour", 3_600.0, "day", 86_400.0, "week", 604_800.0,
          "month", 1.0, "quarter", 3.0, "year", 12.0);

  /**
   * Reads a setting: empty, a number, or a number with a unit such as {@code 15 minutes}.
   *
   * @throws ConfigurationException if it is none of these
   */
  public static TimeStep parse(String key, String text, boolean calendar) {
    String[] words = text.strip().split("\\s+");
    if (text.isBlank()) {
      return new TimeStep(0, false, calendar);
    }
    OptionalDouble number = DecimalText.parse(words[0]);
    String unit = words.length == 2 ? words[1].replaceFirst("s$", "") : "";
    boolean known = calendar ? UNITS.containsKey(unit) : words.length == 1;
    if (number.isEmpty() || !(number.getAsDouble() > 0) || !known) {
      throw new ConfigurationException(
          "%s: expected %s, found \"%s\""
              .formatted(
                  key,
                  calendar
                      ? "a number of seconds, minutes, hours, days, weeks, months, quarters or years, such as 15 minutes"
                      : "a number above 0, as times are numbers",
                  text));
    }
    boolean months = unit.matches("month|quarter|year");
    return new TimeStep(number.getAsDouble() * UNITS.getOrDefault(unit, 1.0), months, calendar);
  }

  /**
   * The grid through the times of a series.
   *
   * @param times rising
   * @param series its name, for a message
   * @throws DataException if there is no step to infer
   */
  TimeGrid through(double[] times, String series) {
    if (given > 0) {
      return new TimeGrid(times[0], given, months, calendar);
    }
    if (times.length < 2) {
      throw new DataException(
          "series %s: expected at least 2 times to infer a step from, found %d; set series.step"
              .formatted(series, times.length));
    }
    double smallest = Double.POSITIVE_INFINITY;
    for (int i = 1; i < times.length; i++) {
      smallest = Math.min(smallest, times[i] - times[i - 1]);
    }
    if (calendar && smallest >= SHORTEST_MONTH && TimeGrid.areMonthly(times)) {
      return new TimeGrid(times[0], smallestMonths(times), true, true);
    }
    double span = times[times.length - 1] - times[0];
    return new TimeGrid(times[0], span / Math.rint(span / smallest), false, calendar);
  }

  private static double smallestMonths(double[] times) {
    long smallest = Long.MAX_VALUE;
    for (int i = 1; i < times.length; i++) {
      long months =
          TimeGrid.monthOf(TimeGrid.utc(times[i])) - TimeGrid.monthOf(TimeGrid.utc(times[i - 1]));
      smallest = Math.min(smallest, months);
    }
    return smallest;
  }
}
