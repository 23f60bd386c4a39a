package io.sparkrnn.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Numbers as text, the same in every locale. (In the texts of this package whole numbers are put in
 * by {@code %s}: {@code %d} would write the digits of the default locale.)
 */
final class Numbers {
  /** What stands for a number that is missing or not finite. */
  static final String ABSENT = "–";

  private Numbers() {}

  /** A score: four decimals, or four digits where that would hide it. */
  static String score(double value) {
    if (!Double.isFinite(value)) {
      return ABSENT;
    }
    double size = Math.abs(value);
    if (size == 0 || (size >= 0.01 && size < 1000)) {
      return fixed(value, 4);
    }
    return size >= 1e-4 && size < 1e7 ? digits(value, 5) : scientific(value);
  }

  /** A score in big figures: four digits. */
  static String figure(double value) {
    double size = Math.abs(value);
    return size >= 0.01 && size < 1e7 ? digits(value, 4) : score(value);
  }

  /** A share of one as a percentage with some decimals. */
  static String percent(double share, int decimals) {
    return Double.isFinite(share) ? fixed(100 * share, decimals) + " %" : ABSENT;
  }

  /** A fixed number of decimals, thousands grouped. */
  static String fixed(double value, int decimals) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%,." + decimals + "f", value)
        : ABSENT;
  }

  /** A whole number, thousands grouped. */
  static String whole(double value) {
    return fixed(value, 0);
  }

  /** A count, thousands grouped. */
  static String whole(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Seconds as 0:42, 12:05 or 3:04:05. */
  static String duration(double seconds) {
    if (!Double.isFinite(seconds) || seconds < 0) {
      return ABSENT;
    }
    long whole = Math.round(seconds);
    long hours = whole / 3600;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, whole / 60 % 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }

  /** A length of a picture: hundredths, no trailing zeros. */
  static String coordinate(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** The label of a tick on an axis whose ticks are {@code step} apart. */
  static String tick(double value, double step) {
    if (value == 0) {
      return "0";
    }
    if (step < 1e-5 || Math.abs(value) >= 1e7) {
      return scientific(value);
    }
    String text = fixed(value, (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
    return Math.abs(value) < 10_000 ? text.replace(",", "") : text; // 1980, as a year is written
  }

  private static String digits(double value, int digits) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
    return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
  }

  private static String scientific(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    return rounded.movePointLeft(exponent).toPlainString() + "e" + exponent;
  }
}
