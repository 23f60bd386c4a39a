package io.sparkrnn.setting;

import java.math.BigDecimal;

/**
 * An interval of numbers, each end open, closed or infinite.
 *
 * @param low lower end, or negative infinity
 * @param lowIncluded whether {@code low} itself belongs to the range
 * @param high upper end, or positive infinity
 * @param highIncluded whether {@code high} itself belongs to the range
 */
public record Range(double low, boolean lowIncluded, double high, boolean highIncluded) {
  /** Rejects an empty range. */
  public Range {
    if (!(low < high || (low == high && lowIncluded && highIncluded))) {
      throw new IllegalArgumentException("an empty range from " + low + " to " + high);
    }
  }

  /** Every number. */
  public static Range any() {
    return new Range(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);
  }

  /** {@code x >= low}. */
  public static Range atLeast(double low) {
    return new Range(low, true, Double.POSITIVE_INFINITY, false);
  }

  /** {@code x > low}. */
  public static Range above(double low) {
    return new Range(low, false, Double.POSITIVE_INFINITY, false);
  }

  /** {@code low <= x <= high}. */
  public static Range closed(double low, double high) {
    return new Range(low, true, high, true);
  }

  /** {@code low <= x < high}. */
  public static Range closedOpen(double low, double high) {
    return new Range(low, true, high, false);
  }

  /** {@code low < x <= high}. */
  public static Range openClosed(double low, double high) {
    return new Range(low, false, high, true);
  }

  /** {@code low < x < high}. */
  public static Range open(double low, double high) {
    return new Range(low, false, high, false);
  }

  /** Whether {@code value} lies within; NaN never does. */
  public boolean contains(double value) {
    boolean aboveLow = lowIncluded ? value >= low : value > low;
    boolean belowHigh = highIncluded ? value <= high : value < high;
    return aboveLow && belowHigh;
  }

  /** The range in words that follow a noun: {@code "> 0"}, {@code "in [0, 1)"}, {@code ""}. */
  public String description() {
    boolean bounded = low != Double.NEGATIVE_INFINITY;
    boolean limited = high != Double.POSITIVE_INFINITY;
    if (bounded && limited) {
      String left = lowIncluded ? "[" : "(";
      String right = highIncluded ? "]" : ")";
      return "in " + left + number(low) + ", " + number(high) + right;
    }
    if (bounded) {
      return (lowIncluded ? ">= " : "> ") + number(low);
    }
    if (limited) {
      return (highIncluded ? "<= " : "< ") + number(high);
    }
    return "";
  }

  private static String number(double value) {
    String plain = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    return plain.length() <= 12 ? plain : Double.toString(value);
  }
}
