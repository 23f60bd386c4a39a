package io.sparkrnn.layer;

import java.io.Serializable;

/**
 * A range of delays: k = first … last. AR(K) sees y at 1 … K; NARX(K_x, K_y) sees x at 0 … K_x and
 * y at 1 … K_y; a time delay network sees 0 … K of every layer but the output.
 *
 * @param first the shortest delay, at least 0
 * @param last the longest delay, at least {@code first}
 */
public record Taps(int first, int last) implements Serializable {

  /** The value of the step itself and nothing else. */
  public static final Taps NOW = new Taps(0, 0);

  /** Refuses an empty range and a look ahead. */
  public Taps {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException(
          "delays: expected a range first … last with 0 ≤ first ≤ last, found %d … %d"
              .formatted(first, last));
    }
  }

  /** The range 0 … K. */
  public static Taps upTo(int delays) {
    return new Taps(0, delays);
  }

  /** Number of values in it. */
  public int count() {
    return last - first + 1;
  }

  @Override
  public String toString() {
    return first + " … " + last;
  }
}
