package io.sparkrnn.report;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Dates and times of day, given as seconds since 1970, with ticks at round ones.
 *
 * @param least left end
 * @param most right end
 * @param unit that ticks are counted in
 * @param every units from a tick to the next
 * @param pattern of what is written
 */
record CalendarAxis(double least, double most, ChronoUnit unit, int every, String pattern)
    implements Axis {

  private static final int MOST_TICKS = 7;

  private static final List<CalendarAxis> STEPS =
      List.of(
          step(ChronoUnit.MINUTES, 1, "HH:mm"),
          step(ChronoUnit.MINUTES, 15, "HH:mm"),
          step(ChronoUnit.HOURS, 1, "d MMM HH:mm"),
          step(ChronoUnit.HOURS, 6, "d MMM HH:mm"),
          step(ChronoUnit.HOURS, 12, "d MMM HH:mm"),
          step(ChronoUnit.DAYS, 1, "d MMM yyyy"),
          step(ChronoUnit.DAYS, 2, "d MMM yyyy"),
          step(ChronoUnit.DAYS, 7, "d MMM yyyy"),
          step(ChronoUnit.DAYS, 14, "d MMM yyyy"),
          step(ChronoUnit.MONTHS, 1, "MMM yyyy"),
          step(ChronoUnit.MONTHS, 3, "MMM yyyy"),
          step(ChronoUnit.MONTHS, 6, "MMM yyyy"),
          step(ChronoUnit.YEARS, 1, "yyyy"),
          step(ChronoUnit.YEARS, 2, "yyyy"),
          step(ChronoUnit.YEARS, 5, "yyyy"),
          step(ChronoUnit.YEARS, 10, "yyyy"),
          step(ChronoUnit.YEARS, 50, "yyyy"));

  private static CalendarAxis step(ChronoUnit unit, int every, String pattern) {
    return new CalendarAxis(0, 1, unit, every, pattern);
  }

  /** From one time to a later one. */
  static CalendarAxis between(double least, double most) {
    double span = Math.max(1, most - least);
    for (CalendarAxis step : STEPS) {
      if (span / (step.unit.getDuration().toSeconds() * (double) step.every) <= MOST_TICKS) {
        return new CalendarAxis(least, least + span, step.unit, step.every, step.pattern);
      }
    }
    CalendarAxis last = STEPS.get(STEPS.size() - 1);
    return new CalendarAxis(least, least + span, last.unit, last.every, last.pattern);
  }

  @Override
  public double position(double value) {
    return (value - least) / (most - least);
  }

  @Override
  public List<Double> ticks() {
    LocalDateTime tick = round(utc(least));
    List<Double> ticks = new ArrayList<>();
    while (seconds(tick) <= most) {
      if (seconds(tick) >= least) {
        ticks.add(seconds(tick));
      }
      tick = tick.plus(every, unit);
    }
    return ticks;
  }

  /** The last round time at or before this one. */
  private LocalDateTime round(LocalDateTime time) {
    return switch (unit) {
      case MINUTES -> time.truncatedTo(ChronoUnit.HOURS);
      case HOURS -> time.truncatedTo(ChronoUnit.DAYS);
      case DAYS -> time.truncatedTo(ChronoUnit.DAYS);
      case MONTHS -> time.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
      default -> {
        LocalDateTime start = time.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
        yield start.withYear(Math.floorDiv(start.getYear(), every) * every);
      }
    };
  }

  @Override
  public String label(double tick) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(utc(tick));
  }

  private static LocalDateTime utc(double seconds) {
    return LocalDateTime.ofEpochSecond(Math.round(seconds), 0, ZoneOffset.UTC);
  }

  private static double seconds(LocalDateTime time) {
    return time.toEpochSecond(ZoneOffset.UTC);
  }
}
