package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;

/** Maps rows, blind to time. */
public interface RowLayer {

  /** Width of the output for an input of this width. */
  int outputSize(int inputSize);

  /** Declares its parameters. */
  void declare(ParameterLayout.Builder layout, int inputSize);

  /** Maps rows × input size to rows × output size. */
  Rows forward(Rows input, Pass pass);

  /** Maps ∂loss/∂output (which it may overwrite) to ∂loss/∂input; adds to the gradients. */
  Rows backward(Rows dOutput, Pass pass);
}
