package io.sparkrnn.setting;

import java.util.List;
import java.util.function.Predicate;

/**
 * Which values of the right type a setting takes.
 *
 * @param expected the whole expectation in words: "a number &gt; 0", "one of lstm, gru, srn"
 * @param names the listed names the rule knows, empty when there are none; used for suggestions
 * @param holds whether a value is valid
 */
public record Rule<T>(String expected, List<String> names, Predicate<? super T> holds) {
  private static final String CLASS_NAME =
      "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
          + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)+";

  /** Copies the names. */
  public Rule {
    names = List.copyOf(names);
  }

  /** A rule in words and as a test, with no listed names. */
  public static <T> Rule<T> of(String expected, Predicate<? super T> holds) {
    return new Rule<>(expected, List.of(), holds);
  }

  /** Every value of the kind. */
  static <T> Rule<T> any(Kind kind) {
    return of(kind.noun(), value -> true);
  }

  /** Numbers within a range. */
  static <N extends Number> Rule<N> within(Kind kind, Range range) {
    return of(phrase(kind, range), value -> range.contains(value.doubleValue()));
  }

  /** Lists whose every number lies within a range. */
  static <N extends Number> Rule<List<N>> eachWithin(Kind kind, Range range) {
    return of(
        phrase(kind, range),
        values -> values.stream().allMatch(value -> range.contains(value.doubleValue())));
  }

  /** One of the listed names. */
  static Rule<String> oneOf(List<String> names) {
    return new Rule<>("one of " + String.join(", ", names), names, names::contains);
  }

  /** One of the listed names, or the full name of a class (with its package). */
  static Rule<String> oneOfOrClass(List<String> names) {
    return new Rule<>(
        "one of " + String.join(", ", names) + " or a class name with its package",
        names,
        value -> names.contains(value) || value.matches(CLASS_NAME));
  }

  /** Exactly one of the listed names, or a list of numbers written as texts. */
  static Rule<List<String>> oneOfOrNumbers(List<String> names, Range range) {
    return new Rule<>(
        String.join(", ", names) + " or " + phrase(Kind.DOUBLE_LIST, range),
        names,
        values ->
            (values.size() == 1 && names.contains(values.get(0)))
                || (!values.isEmpty() && values.stream().allMatch(value -> within(value, range))));
  }

  private static boolean within(String value, Range range) {
    return Conversion.decimal(value).filter(range::contains).isPresent();
  }

  private static String phrase(Kind kind, Range range) {
    return (kind.noun() + " " + range.description()).strip();
  }
}
