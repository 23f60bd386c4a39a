package io.sparkrnn.ml;

import java.io.Serializable;
import java.util.List;

/**
 * One row read, before vocabularies and scaling.
 *
 * @param features of its steps
 * @param labels one for the sequence, or one a step ({@link #NOT_COUNTED} for none); empty
 *     otherwise
 * @param values targets of a regression; no steps otherwise
 * @param weight in the loss
 * @param validation whether it only validates
 */
record Example(
    Features features,
    List<String> labels,
    Features.Numbers values,
    float weight,
    boolean validation)
    implements Serializable {

  /** Stands for a step without a label; no label is an empty text with a line break in it. */
  static final String NOT_COUNTED = "\n";

  /** No targets of a regression. */
  static final Features.Numbers NO_VALUES = new Features.Numbers(new double[0], 1);
}
