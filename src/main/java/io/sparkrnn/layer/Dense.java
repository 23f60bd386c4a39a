package io.sparkrnn.layer;

import io.sparkrnn.math.Activation;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.Initializer;
import io.sparkrnn.parameter.ParameterLayout;

/**
 * y = f(x·Wᵀ + b) with W {@code size × input size}; without a bias, y = f(x·Wᵀ).
 *
 * @param size width of the output
 * @param activation f
 * @param bias whether there is a b
 */
public record Dense(int size, Activation activation, boolean bias) implements RowLayer {

  /** A layer with a bias. */
  public Dense(int size, Activation activation) {
    this(size, activation, true);
  }

  @Override
  public int outputSize(int inputSize) {
    return size;
  }

  @Override
  public void declare(ParameterLayout.Builder layout, int inputSize) {
    layout.matrix("W", size, inputSize, Initializer.glorot(size));
    if (bias) {
      layout.vector("b", size, Initializer.zeros());
    }
  }

  @Override
  public Rows forward(Rows input, Pass pass) {
    Rows output = pass.buffer("output", input.count(), size);
    if (bias) {
      output.fillRows(pass.parameter("b"));
    }
    pass.gemm().multiply(false, true, 1f, input, pass.parameter("W"), bias ? 1f : 0f, output);
    activation.forward(output);
    pass.save("input", input);
    return output;
  }

  @Override
  public Rows backward(Rows dOutput, Pass pass) {
    Rows input = pass.saved("input");
    activation.backward(pass.saved("output"), dOutput);
    pass.gemm().multiply(true, false, 1f, dOutput, input, 1f, pass.gradient("W"));
    if (bias) {
      pass.gradient("b").addColumnSums(dOutput);
    }
    Rows dInput = pass.buffer("dInput", input.count(), input.width());
    pass.gemm().multiply(false, false, 1f, dOutput, pass.parameter("W"), 0f, dInput);
    return dInput;
  }
}
