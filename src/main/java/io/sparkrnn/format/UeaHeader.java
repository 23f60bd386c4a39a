package io.sparkrnn.format;

import java.util.List;
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

  /** What files that are read together must have in common, in words. */
  public String kind() {
    String width =
        dimensions.isPresent() ? dimensions.getAsInt() + " dimensions" : "dimensions not declared";
    return switch (target) {
      case NONE -> width + ", no label";
      case CLASS -> width + ", classes " + labels;
      case VALUE -> width + ", a number as target";
    };
  }
}
