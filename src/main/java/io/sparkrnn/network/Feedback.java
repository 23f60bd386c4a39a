package io.sparkrnn.network;

import java.io.Serializable;

/**
 * Which inputs of a network are its own outputs of the step before wherever nothing better is
 * known: the first {@code width} values of one input column, in the scale of the outputs. Where the
 * column is NaN, or from step {@code shown} on, the network runs freely (parallel mode: Narendra
 * and Parthasarathy 1990); elsewhere what was observed stands there (series-parallel mode, teacher
 * forcing). The parameters are the same in every mode.
 *
 * @param column an input column of values
 * @param width values that are fed back; 0 for no feedback at all
 * @param shown steps of every sequence at which observed values are shown at most
 */
public record Feedback(String column, int width, int shown) implements Serializable {

  /** No output is fed back. */
  public static final Feedback NONE = new Feedback("", 0, Integer.MAX_VALUE);

  /** As {@link #shown}: every value that is known is shown. */
  public static final int ALL_SHOWN = Integer.MAX_VALUE;

  /** Checks the sizes. */
  public Feedback {
    if (width < 0 || shown < 0) {
      throw new IllegalArgumentException(
          "feedback of %d values, shown for %d steps: expected no negative numbers"
              .formatted(width, shown));
    }
  }

  /** The first {@code width} values of a column, observed ones at the first {@code shown} steps. */
  public static Feedback of(String column, int width, int shown) {
    return new Feedback(column, width, shown);
  }

  /** Whether any output is fed back. */
  public boolean present() {
    return width > 0;
  }
}
