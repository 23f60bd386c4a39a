package io.sparkrnn.parameter;

import io.sparkrnn.math.Rows;

/** The values of all tensors in one array, seen by name. */
public final class Parameters {

  private final ParameterLayout layout;
  private final float[] values;

  /** Wraps (does not copy) an array of the layout's size. */
  public Parameters(ParameterLayout layout, float[] values) {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          "expected %d parameters, found %d".formatted(layout.size(), values.length));
    }
    this.layout = layout;
    this.values = values;
  }

  /** Names and shapes. */
  public ParameterLayout layout() {
    return layout;
  }

  /** The array itself. */
  public float[] values() {
    return values;
  }

  /** View of one tensor. */
  public Rows rows(String name) {
    ParameterLayout.Entry entry = layout.entry(name);
    return new Rows(values, entry.offset(), entry.rows(), entry.columns(), entry.columns());
  }
}
