package io.sparkrnn.format;

import java.util.OptionalDouble;

/**
 * Decimal numbers as data files write them: {@code -1.5}, {@code .5}, {@code 2e-3}. Narrower than
 * {@link Double#parseDouble}: no hexadecimal digits, no type suffix ({@code 1d}), nothing infinite.
 */
public final class DecimalText {
  private static final String ALPHABET = "0123456789+-.eE";

  private DecimalText() {}

  /** The finite number the text holds, blanks around it aside; empty if it is none. */
  public static OptionalDouble parse(String text) {
    String stripped = text.strip();
    for (int i = 0; i < stripped.length(); i++) {
      if (ALPHABET.indexOf(stripped.charAt(i)) < 0) {
        return OptionalDouble.empty();
      }
    }
    try {
      double value = Double.parseDouble(stripped);
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** Whether the text marks a missing value: {@code ?} or {@code NaN} in any case. */
  public static boolean isMissing(String text) {
    String stripped = text.strip();
    return stripped.equals("?") || stripped.equalsIgnoreCase("nan");
  }
}
