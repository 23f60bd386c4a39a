package io.sparkrnn.reader;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * The regular times of a series: time k is the start and k steps. Times are numbers, or seconds
 * since 1970; a step is a number of them, or a number of calendar months.
 *
 * @param start time of step 0, a number or seconds since 1970
 * @param step from one time to the next, in the unit of the times, or in months; above 0
 * @param months whether the step counts calendar months
 * @param calendar whether times are seconds since 1970, and no plain numbers
 */
public record TimeGrid(double start, double step, boolean months, boolean calendar)
    implements Serializable {

  private static final int MONTHS_A_YEAR = 12;

  /** Share of a step that a time may miss its place by: times are written with few digits. */
  private static final double TOLERANCE = 0.1;

  /** The time of step k. */
  public double timeAt(long k) {
    if (!months) {
      return start + k * step;
    }
    LocalDateTime first = utc(start);
    return seconds(first, monthOf(first) + k * (long) step);
  }

  /** The step at a time; NaN if no step is there. */
  double stepAt(double time) {
    if (!months) {
      double steps = (time - start) / step;
      double whole = Math.rint(steps);
      return Math.abs(steps - whole) <= TOLERANCE ? whole : Double.NaN;
    }
    double whole = Math.rint((monthOf(utc(time)) - monthOf(utc(start))) / step);
    return Math.abs(timeAt((long) whole) - time) < 1 ? whole : Double.NaN;
  }

  /** The first step at a time or after it, which may lie before step 0. */
  public long firstFrom(double time) {
    if (!months) {
      return (long) Math.ceil((time - start) / step - TOLERANCE);
    }
    long k = (long) Math.floor((monthOf(utc(time)) - monthOf(utc(start))) / step) - 1;
    while (timeAt(k) < time) {
      k++;
    }
    return k;
  }

  /** Whether all times fall on the same day of their months, or on the last one of shorter ones. */
  static boolean areMonthly(double[] times) {
    int day = 0;
    for (double time : times) {
      day = Math.max(day, utc(time).getDayOfMonth());
    }
    LocalDateTime first = utc(times[0]);
    for (int i = 0; i < times.length; i++) {
      LocalDateTime at = utc(times[i]);
      if (at.getDayOfMonth() != Math.min(day, YearMonth.from(at).lengthOfMonth())
          || !at.toLocalTime().equals(first.toLocalTime())
          || (i > 0 && monthOf(at) == monthOf(utc(times[i - 1])))) {
        return false;
      }
    }
    return true;
  }

  static long monthOf(LocalDateTime time) {
    return (long) MONTHS_A_YEAR * time.getYear() + time.getMonthValue() - 1;
  }

  static LocalDateTime utc(double seconds) {
    long whole = (long) Math.floor(seconds);
    long micros = Math.round((seconds - whole) * 1e6);
    return LocalDateTime.ofInstant(Instant.ofEpochSecond(whole, micros * 1000), ZoneOffset.UTC);
  }

  /** The day of the month that {@code first} has, or the last one, in a month. */
  private static double seconds(LocalDateTime first, long month) {
    YearMonth target =
        YearMonth.of(
            Math.toIntExact(Math.floorDiv(month, MONTHS_A_YEAR)),
            Math.floorMod(month, MONTHS_A_YEAR) + 1);
    boolean atEnd = first.getDayOfMonth() == YearMonth.from(first).lengthOfMonth();
    int day = Math.min(first.getDayOfMonth(), target.lengthOfMonth());
    LocalDateTime time =
        target.atDay(atEnd ? target.lengthOfMonth() : day).atTime(first.toLocalTime());
    return time.toEpochSecond(ZoneOffset.UTC) + time.getNano() * 1e-9;
  }
}
