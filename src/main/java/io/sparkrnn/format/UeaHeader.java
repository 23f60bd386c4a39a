package io.sparkrnn.format;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a UEA {@code .ts} file says of itself before {@code @data}.
 *
 * @param problem {@code @problemName}, or empty
 * @param dimensions number of dimensions M ({@code @dimensions}, or 1 for {@code @univariate true})
 * @param equalLength whether all cases have one length
 * @param seriesLength that length T, if it is given
 * @param target what the last field of a case is
 * @param labels the declared classes in their order; empty unless the target is a class
 */
public record UeaHeader(
    String problem,
    OptionalInt dimensions,
    boolean equalLength,
    OptionalInt seriesLength,
    Target target,
    List<String> labels) {

  /** What stands in the last field of a case. */
  public enum Target {
    /** Nothing: every field is a dimension. */
    NONE,
    /** One of the declared classes ({@code @classLabel true}). */
    CLASS,
    /** A number ({@code @targetLabel true}). */
    VALUE
  }

  /** Copies the labels. */
  public UeaHeader {
    labels = List.copyOf(labels);
  }

  /** What another file of the same problem differs in, or empty if it can stand beside this one. */
  public Optional<String> differenceFrom(UeaHeader other) {
    if (target != other.target) {
      return Optional.of("target " + target + " beside " + other.target);
    }
    if (!labels.equals(other.labels)) {
      return Optional.of("classes " + labels + " beside " + other.labels);
    }
    if (!dimensions.equals(other.dimensions)) {
      return Optional.of("@dimensions " + dimensions + " beside " + other.dimensions);
    }
    return Optional.empty();
  }
}
