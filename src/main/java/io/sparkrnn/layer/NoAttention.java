package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;

/** No attention: the decoder knows of the encoder by its own beginning state alone. */
public record NoAttention() implements Attention {

  @Override
  public int outputSize(int stateSize) {
    return stateSize;
  }

  @Override
  public void declare(ParameterLayout.Builder layout, int stateSize, int memorySize) {}

  @Override
  public void remember(Memory memory, Pass pass) {}

  @Override
  public Rows forward(Memory memory, Rows states, int[] owners, Pass pass) {
    return states;
  }

  @Override
  public Rows backward(Memory memory, Rows dOutput, Pass pass) {
    return dOutput;
  }

  @Override
  public void rememberBack(Memory memory, Pass pass) {}
}
