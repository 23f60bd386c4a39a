package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;

/**
 * A connection past all layers: output b·width + v of a step has input first + v of the same step
 * added to it, for b = 0 … blocks − 1. No weights: the layers say how outputs differ from inputs
 * (He et al. 2016).
 *
 * @param first first input column
 * @param width input columns
 * @param blocks outputs that each of them is added to
 */
public record AddedColumns(int first, int width, int blocks) {

  /** Adds to outputs in place, both a row a step. */
  public void forward(Rows input, Rows output) {
    for (int b = 0; b < blocks; b++) {
      output.columns(b * width, width).add(input.columns(first, width));
    }
  }

  /** Adds to ∂loss/∂input what comes past the layers. */
  public void backward(Rows dOutput, Rows dInput) {
    for (int b = 0; b < blocks; b++) {
      dInput.columns(first, width).add(dOutput.columns(b * width, width));
    }
  }
}
