package io.sparkrnn.ml;

import java.io.Serializable;
import java.util.List;

/** The features of one sequence as they came: tokens, or rows of numbers. */
sealed interface Features extends Serializable {

  /** Time steps. */
  int length();

  /**
   * A token a step.
   *
   * @param tokens in their order
   */
  record Tokens(List<String> tokens) implements Features {

    /** Stands for a null: half of a surrogate pair, which no text of a DataFrame can be. */
    static final String UNKNOWN = "\uD800";

    @Override
    public int length() {
      return tokens.size();
    }
  }

  /**
   * {@code width} numbers a step.
   *
   * @param values step after step
   * @param width numbers a step
   */
  @SuppressWarnings("ArrayRecordComponent") // a compact carrier, read once
  record Numbers(double[] values, int width) implements Features {
    @Override
    public int length() {
      return values.length / width;
    }
  }
}
