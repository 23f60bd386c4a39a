package io.sparkrnn.setting;

import io.sparkrnn.error.ConfigurationException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One setting, described once: its key in a job file, its name as a Spark ML param, its meaning
 * with units, its type, default and validity. The params of the estimators, the keys of job files
 * and {@code conf/reference.conf} are derived from it.
 *
 * @param <T> {@code Boolean}, {@code Integer}, {@code Long}, {@code Double}, {@code String}, or a
 *     {@code List} of {@code Integer}, {@code Double} or {@code String}; see {@link Kind}
 */
public final class Setting<T> {
  private final String key;
  private final String param;
  private final String meaning;
  private final Kind kind;
  private final Rule<T> rule;
  private final Function<Object, Optional<T>> conversion;
  private final T defaultValue;

  private Setting(
      Name name, Kind kind, Function<Object, Optional<T>> conversion, Rule<T> rule, T value) {
    this.key = name.key();
    this.param = name.param();
    this.meaning = name.meaning();
    this.kind = kind;
    this.conversion = conversion;
    this.rule = rule;
    this.defaultValue = check(value);
  }

  /** True or false. */
  public static Setting<Boolean> bool(String key, String param, boolean value, String meaning) {
    Name name = new Name(key, param, meaning);
    return new Setting<>(name, Kind.BOOLEAN, Conversion::bool, Rule.any(Kind.BOOLEAN), value);
  }

  /** A 32-bit integer within a range. */
  public static Setting<Integer> integer(
      String key, String param, int value, Range range, String meaning) {
    Name name = new Name(key, param, meaning);
    Rule<Integer> rule = Rule.within(Kind.INT, range);
    return new Setting<>(name, Kind.INT, Conversion::integer, rule, value);
  }

  /** A 64-bit integer within a range. */
  public static Setting<Long> longInteger(
      String key, String param, long value, Range range, String meaning) {
    Name name = new Name(key, param, meaning);
    Rule<Long> rule = Rule.within(Kind.LONG, range);
    return new Setting<>(name, Kind.LONG, Conversion::longInteger, rule, value);
  }

  /** A finite number within a range. */
  public static Setting<Double> decimal(
      String key, String param, double value, Range range, String meaning) {
    Name name = new Name(key, param, meaning);
    Rule<Double> rule = Rule.within(Kind.DOUBLE, range);
    return new Setting<>(name, Kind.DOUBLE, Conversion::decimal, rule, value);
  }

  /** Any text. */
  public static Setting<String> text(String key, String param, String value, String meaning) {
    return text(key, param, value, Rule.any(Kind.STRING), meaning);
  }

  /** A text that follows a rule. */
  public static Setting<String> text(
      String key, String param, String value, Rule<String> rule, String meaning) {
    Name name = new Name(key, param, meaning);
    return new Setting<>(name, Kind.STRING, Conversion::text, rule, value);
  }

  /** One of the listed names. */
  public static Setting<String> choice(
      String key, String param, String value, List<String> names, String meaning) {
    return text(key, param, value, Rule.oneOf(names), meaning);
  }

  /** One of the listed names, or the full name of a user's class (with its package). */
  public static Setting<String> openChoice(
      String key, String param, String value, List<String> names, String meaning) {
    return text(key, param, value, Rule.oneOfOrClass(names), meaning);
  }

  /** A list of integers, each within a range. */
  public static Setting<List<Integer>> integers(
      String key, String param, List<Integer> value, Range range, String meaning) {
    Rule<List<Integer>> rule = Rule.eachWithin(Kind.INT_LIST, range);
    return new Setting<>(
        new Name(key, param, meaning),
        Kind.INT_LIST,
        found -> Conversion.list(found, Conversion::integer),
        rule,
        value);
  }

  /** A list of finite numbers, each within a range. */
  public static Setting<List<Double>> decimals(
      String key, String param, List<Double> value, Range range, String meaning) {
    Rule<List<Double>> rule = Rule.eachWithin(Kind.DOUBLE_LIST, range);
    return new Setting<>(
        new Name(key, param, meaning),
        Kind.DOUBLE_LIST,
        found -> Conversion.list(found, Conversion::decimal),
        rule,
        value);
  }

  /** A list of any texts. */
  public static Setting<List<String>> texts(
      String key, String param, List<String> value, String meaning) {
    return texts(key, param, value, Rule.any(Kind.STRING_LIST), meaning);
  }

  /** A list of texts that follows a rule. */
  public static Setting<List<String>> texts(
      String key, String param, List<String> value, Rule<List<String>> rule, String meaning) {
    return new Setting<>(
        new Name(key, param, meaning),
        Kind.STRING_LIST,
        found -> Conversion.list(found, Conversion::text),
        rule,
        value);
  }

  /**
   * One of the listed names, or a list of numbers within a range: {@code auto}, {@code none} or
   * {@code [1.0, 2.5]}. The value is the list of texts, a name being a list of one.
   */
  public static Setting<List<String>> namedOrDecimals(
      String key, String param, String value, List<String> names, Range range, String meaning) {
    return texts(key, param, List.of(value), Rule.oneOfOrNumbers(names, range), meaning);
  }

  /** Key in a job file, with dots: {@code optimizer.learningRate}. */
  public String key() {
    return key;
  }

  /** Name of the Spark ML param: {@code learningRate}. */
  public String param() {
    return param;
  }

  /** One line: what it does, with units. */
  public String meaning() {
    return meaning;
  }

  /** Type of the value. */
  public Kind kind() {
    return kind;
  }

  /** The value where none is given. */
  public T defaultValue() {
    return defaultValue;
  }

  /** What is valid, in words: "a number &gt; 0", "one of lstm, gru, srn". */
  public String expected() {
    return rule.expected();
  }

  /** The listed names of a choice, empty for any other setting. */
  public List<String> names() {
    return rule.names();
  }

  /**
   * Converts a plain value (boxed number, text, boolean, list or array of them) to this setting's
   * type, exactly, and validates it.
   *
   * @throws ConfigurationException naming the key, what was expected and what was found
   */
  public T check(Object value) {
    return check(key, value);
  }

  /** Like {@link #check(Object)}, naming the setting as the caller's user knows it. */
  public T check(String name, Object value) {
    Optional<T> converted = conversion.apply(value).filter(rule.holds());
    if (converted.isPresent()) {
      return converted.get();
    }
    throw new ConfigurationException(
        name + ": expected " + rule.expected() + ", found " + found(value));
  }

  private String found(Object value) {
    Optional<String> nearest =
        value instanceof String text ? NearestName.of(text, rule.names()) : Optional.empty();
    return Literal.shortened(value)
        + nearest.map(name -> "; did you mean " + name + "?").orElse("");
  }

  @Override
  public String toString() {
    return key;
  }

  /**
   * How a setting is called and what it means.
   *
   * @param key key in a job file, with dots
   * @param param name of the Spark ML param, a Java identifier
   * @param meaning one line, with units
   */
  private record Name(String key, String param, String meaning) {
    /** Rejects what is no key, no Java identifier, or no line. */
    private Name {
      String word = "[A-Za-z][A-Za-z0-9]*";
      if (!key.matches(word + "(\\." + word + ")*") || !param.matches(word)) {
        throw new IllegalArgumentException("no key and param: " + key + ", " + param);
      }
      if (meaning.isBlank() || meaning.contains("\n")) {
        throw new IllegalArgumentException(key + ": the meaning must be one line");
      }
    }
  }
}
