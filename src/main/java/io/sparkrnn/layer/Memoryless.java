package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.SequenceBatch;

/**
 * A row layer in the place of a recurrent one: every step sees its own input alone. Beside a
 * recurrent network it shows what memory is worth.
 *
 * @param layer applied to every row
 * @param outputSize its width
 */
public record Memoryless(RowLayer layer, int outputSize) implements SequenceLayer {

  @Override
  public int stateSize() {
    return 0;
  }

  @Override
  public int forwardSize() {
    return outputSize;
  }

  @Override
  public void declare(ParameterLayout.Builder layout, int inputSize) {
    layer.declare(layout, inputSize);
  }

  @Override
  public Rows forward(SequenceBatch batch, Rows input, Rows initial, Rows last, Pass pass) {
    return layer.forward(input, pass);
  }

  @Override
  public Rows backward(SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass) {
    return layer.backward(dOutput, pass);
  }
}
