package io.sparkrnn.setting;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Conversions of plain values to the type of a setting, empty where the value does not fit exactly.
 *
 * <p>A text that holds a number or a boolean counts as one, and a number or boolean as a text: a
 * value taken from the environment is always a text, and the job file format makes no difference
 * either. A single value stands for a list of one.
 */
final class Conversion {
  private Conversion() {}

  static Optional<Boolean> bool(Object value) {
    if (value instanceof Boolean found) {
      return Optional.of(found);
    }
    if (value instanceof String text) {
      return switch (text.strip().toLowerCase(Locale.ROOT)) {
        case "true", "yes", "on" -> Optional.of(true);
        case "false", "no", "off" -> Optional.of(false);
        default -> Optional.empty();
      };
    }
    return Optional.empty();
  }

  static Optional<Integer> integer(Object value) {
    return number(value)
        .filter(Conversion::isIntegral)
        .flatMap(found -> exactly(found, BigDecimal::intValueExact));
  }

  static Optional<Long> longInteger(Object value) {
    return number(value)
        .filter(Conversion::isIntegral)
        .flatMap(found -> exactly(found, BigDecimal::longValueExact));
  }

  /** A finite double; an integer only if the double holds it exactly. */
  static Optional<Double> decimal(Object value) {
    return number(value)
        .filter(found -> Double.isFinite(found.doubleValue()))
        .filter(
            found ->
                !(value instanceof Long) || found.compareTo(doubleOf(found.doubleValue())) == 0)
        .map(BigDecimal::doubleValue);
  }

  static Optional<String> text(Object value) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return Optional.of(value.toString());
    }
    return Optional.empty();
  }

  static <E> Optional<List<E>> list(Object value, Function<Object, Optional<E>> element) {
    List<E> converted = new ArrayList<>();
    for (Object item : items(value)) {
      Optional<E> found = element.apply(item);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      converted.add(found.get());
    }
    return Optional.of(List.copyOf(converted));
  }

  private static List<?> items(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    if (value != null && value.getClass().isArray()) {
      return IntStream.range(0, Array.getLength(value))
          .mapToObj(index -> Array.get(value, index))
          .toList();
    }
    List<Object> single = new ArrayList<>();
    single.add(value);
    return single;
  }

  private static Optional<BigDecimal> number(Object value) {
    if (value instanceof Double || value instanceof Float) {
      double found = ((Number) value).doubleValue();
      return Double.isFinite(found) ? Optional.of(doubleOf(found)) : Optional.empty();
    }
    if (value instanceof Number || value instanceof String) {
      try {
        return Optional.of(new BigDecimal(value.toString().strip()));
      } catch (NumberFormatException notANumber) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static BigDecimal doubleOf(double value) {
    return new BigDecimal(value);
  }

  /** Rules out fractions, and exponents that no long reaches, without expanding the digits. */
  private static boolean isIntegral(BigDecimal value) {
    BigDecimal shortest = value.stripTrailingZeros();
    return shortest.scale() <= 0 && shortest.precision() - shortest.scale() <= 19;
  }

  private static <N> Optional<N> exactly(BigDecimal value, Function<BigDecimal, N> conversion) {
    try {
      return Optional.of(conversion.apply(value));
    } catch (ArithmeticException outOfRange) {
      return Optional.empty();
    }
  }
}
