package io.sparkrnn.math;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * A place in a tree of random streams: children of a key are independent of one another, and the
 * same path from the same seed gives the same numbers on any machine, in any order of use. The
 * first step from a seed is a name, never a number: seed a, child b is also seed b, child a.
 *
 * @param state 64 bits that name the place
 */
public record RandomKey(long state) implements Serializable {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** The root of the tree of a seed. */
  public static RandomKey ofSeed(long seed) {
    return new RandomKey(mix(seed + GOLDEN_GAMMA));
  }

  /** The child of this number. */
  public RandomKey child(long number) {
    return new RandomKey(mix(state ^ mix(number + GOLDEN_GAMMA)));
  }

  /** The child of this name. */
  public RandomKey child(String name) {
    long hash = 0xCBF29CE484222325L; // FNV-1a, 64 bits
    for (byte value : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (value & 0xFF)) * 0x100000001B3L;
    }
    return child(hash);
  }

  /** Starts the stream of this place. */
  public RandomStream stream() {
    return new RandomStream(state);
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
