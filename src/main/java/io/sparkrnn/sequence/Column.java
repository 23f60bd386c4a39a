package io.sparkrnn.sequence;

import java.io.Serializable;

/**
 * One column of a sequence.
 *
 * @param name unique name
 * @param kind real values or ids
 * @param width values a row; 1 for ids
 * @param scope whether there is a row for every step or one for the whole sequence
 */
public record Column(String name, Kind kind, int width, Scope scope) implements Serializable {

  /** What a row holds. */
  public enum Kind {
    /** {@code width} floats. */
    VALUES,
    /** One id; −1 stands for a target that does not count. */
    IDS
  }

  /** Which rows there are. */
  public enum Scope {
    /** A row for every time step. */
    STEP,
    /** One row a sequence. */
    SEQUENCE
  }

  /** Values at every step. */
  public static Column values(String name, int width) {
    return new Column(name, Kind.VALUES, width, Scope.STEP);
  }

  /** An id at every step. */
  public static Column ids(String name) {
    return new Column(name, Kind.IDS, 1, Scope.STEP);
  }

  /** One id a sequence. */
  public static Column sequenceId(String name) {
    return new Column(name, Kind.IDS, 1, Scope.SEQUENCE);
  }

  /** Rows of a sequence of this length. */
  public int rows(int length) {
    return scope == Scope.STEP ? length : 1;
  }
}
