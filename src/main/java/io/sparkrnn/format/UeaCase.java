package io.sparkrnn.format;

import java.util.Optional;
import java.util.OptionalInt;

/** One case of a UEA {@code .ts} file: a sequence and what it belongs to. */
public final class UeaCase {
  private final long number;
  private final long line;
  private final double[][] values;
  private final Optional<String> label;

  UeaCase(long number, long line, double[][] values, Optional<String> label) {
    this.number = number;
    this.line = line;
    this.values = values;
    this.label = label;
  }

  /** Number of the case in its file, from 1. */
  public long number() {
    return number;
  }

  /** Number of its line in the file, from 1. */
  public long line() {
    return line;
  }

  /** Values [T, M]: time steps, then dimensions; NaN where a value is missing. Not copied. */
  public double[][] values() {
    return values;
  }

  /** The class, or the target value as it is written; empty if the file has neither. */
  public Optional<String> label() {
    return label;
  }

  /** The first time step (from 0) that misses a value. */
  public OptionalInt firstMissingStep() {
    for (int t = 0; t < values.length; t++) {
      if (missingDimension(t).isPresent()) {
        return OptionalInt.of(t);
      }
    }
    return OptionalInt.empty();
  }

  /** The first dimension (from 0) that is missing at time step {@code t}. */
  public OptionalInt missingDimension(int t) {
    for (int m = 0; m < values[t].length; m++) {
      if (Double.isNaN(values[t][m])) {
        return OptionalInt.of(m);
      }
    }
    return OptionalInt.empty();
  }
}
