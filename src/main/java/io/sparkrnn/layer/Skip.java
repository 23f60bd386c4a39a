package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.Initializer;
import io.sparkrnn.parameter.ParameterLayout;

/**
 * A layer beside a linear map of what went past the layers below (see {@link Shortcut}):
 *
 * <pre>
 * y = S·x + g(h)        for rows [x, h]
 * </pre>
 *
 * S, named {@code skip.W}, begins at zero and is not decayed, so that weight decay draws the whole
 * towards a linear model of x and not towards nothing.
 *
 * @param width values of x
 * @param layer g
 */
public record Skip(int width, RowLayer layer) implements RowLayer {

  private static final String WEIGHTS = "skip.W";

  @Override
  public int outputSize(int inputSize) {
    return layer.outputSize(inputSize - width);
  }

  @Override
  public void declare(ParameterLayout.Builder layout, int inputSize) {
    layout.undecayed(WEIGHTS, outputSize(inputSize), width, Initializer.zeros());
    layer.declare(layout, inputSize - width);
  }

  @Override
  public Rows forward(Rows input, Pass pass) {
    Rows output = layer.forward(input.columns(width, input.width() - width), pass);
    pass.gemm()
        .multiply(false, true, 1f, input.columns(0, width), pass.parameter(WEIGHTS), 1f, output);
    pass.save("all", input);
    return output;
  }

  @Override
  public Rows backward(Rows dOutput, Pass pass) {
    Rows input = pass.saved("all");
    Rows dInput = pass.buffer("dAll", input.count(), input.width());
    Rows past = dInput.columns(0, width);
    pass.gemm()
        .multiply(true, false, 1f, dOutput, input.columns(0, width), 1f, pass.gradient(WEIGHTS));
    pass.gemm().multiply(false, false, 1f, dOutput, pass.parameter(WEIGHTS), 0f, past);
    dInput.columns(width, input.width() - width).copyFrom(layer.backward(dOutput, pass));
    return dInput;
  }
}
