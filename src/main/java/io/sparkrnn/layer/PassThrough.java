package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.SequenceBatch;

/**
 * No layer at all: what it sees is its output. Stands where a network has no hidden layer, as a
 * linear model of delayed inputs has none.
 *
 * @param outputSize width of input and output
 */
public record PassThrough(int outputSize) implements SequenceLayer {

  @Override
  public int stateSize() {
    return 0;
  }

  @Override
  public int forwardSize() {
    return outputSize;
  }

  @Override
  public void declare(ParameterLayout.Builder layout, int inputSize) {}

  @Override
  public Rows forward(SequenceBatch batch, Rows input, Rows initial, Rows last, Pass pass) {
    return input;
  }

  @Override
  public Rows backward(SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass) {
    return dOutput;
  }
}
