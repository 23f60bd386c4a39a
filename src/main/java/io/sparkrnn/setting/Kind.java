package io.sparkrnn.setting;

/** The type of a setting's value, as a job file and a Spark ML param know it. */
public enum Kind {
  /** {@code Boolean}. */
  BOOLEAN("a boolean"),
  /** {@code Integer}. */
  INT("an integer"),
  /** {@code Long}. */
  LONG("an integer"),
  /** {@code Double}, finite. */
  DOUBLE("a number"),
  /** {@code String}. */
  STRING("a text"),
  /** {@code List<Integer>}. */
  INT_LIST("a list of integers"),
  /** {@code List<Double>}, each finite. */
  DOUBLE_LIST("a list of numbers"),
  /** {@code List<String>}. */
  STRING_LIST("a list of texts");

  private final String noun;

  Kind(String noun) {
    this.noun = noun;
  }

  /** The kind in words: "an integer", "a list of numbers". */
  public String noun() {
    return noun;
  }
}
