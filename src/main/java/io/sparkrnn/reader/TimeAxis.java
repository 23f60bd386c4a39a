package io.sparkrnn.reader;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.format.DecimalText;
import java.io.Serializable;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Times as numbers. Without a pattern a time is written as a number, of whatever unit; with one it
 * is a date with or without a time of day, taken as UTC, and its number is the seconds since 1970.
 *
 * @param pattern a pattern of {@link DateTimeFormatter}, or empty for numbers
 */
public record TimeAxis(String pattern) implements Serializable {
  /** Accepts a pattern. */
  public TimeAxis {
    formatter(pattern);
  }

  private static DateTimeFormatter formatter(String pattern) {
    try {
      return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "timeFormat: expected a pattern such as yyyy-MM-dd HH:mm:ss, or none for numbers, found "
              + pattern
              + " ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  /** What a time looks like, for a message. */
  String expected() {
    return pattern.isEmpty()
        ? "a number (or set timeFormat for dates)"
        : "a time written as " + pattern;
  }

  /** The number of a time as it is written; empty if it is not written so. */
  OptionalDouble parse(String text) {
    if (pattern.isEmpty()) {
      return DecimalText.parse(text);
    }
    try {
      TemporalAccessor time = formatter(pattern).parse(text.strip());
      LocalDate day = time.query(TemporalQueries.localDate());
      if (day == null) {
        return OptionalDouble.empty();
      }
      LocalTime clock =
          Optional.ofNullable(time.query(TemporalQueries.localTime())).orElse(LocalTime.MIDNIGHT);
      return OptionalDouble.of(seconds(day.atTime(clock)));
    } catch (DateTimeException e) {
      return OptionalDouble.empty();
    }
  }

  /** The number of a value of a DataFrame; empty if it is no time. */
  OptionalDouble of(Object value) {
    if (value instanceof Number number) {
      double time = number.doubleValue();
      return Double.isFinite(time) ? OptionalDouble.of(time) : OptionalDouble.empty();
    }
    if (value instanceof Timestamp timestamp) {
      return of(timestamp.toInstant());
    }
    if (value instanceof Instant instant) {
      return OptionalDouble.of(seconds(instant));
    }
    if (value instanceof LocalDateTime time) {
      return OptionalDouble.of(seconds(time));
    }
    if (value instanceof Date date) {
      return of(date.toLocalDate());
    }
    if (value instanceof LocalDate date) {
      return OptionalDouble.of(seconds(date.atStartOfDay()));
    }
    return value instanceof String text ? parse(text) : OptionalDouble.empty();
  }

  private static double seconds(LocalDateTime time) {
    return seconds(time.toInstant(ZoneOffset.UTC));
  }

  private static double seconds(Instant instant) {
    return instant.getEpochSecond() + instant.getNano() * 1e-9;
  }
}
