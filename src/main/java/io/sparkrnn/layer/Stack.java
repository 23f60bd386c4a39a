package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.List;

/**
 * Sequence layers one above another, named 0, 1, …, with dropout between them. The state is the
 * layers' states side by side.
 *
 * @param layers from the input upwards, at least one
 * @param between dropout on the output of every layer but the last
 */
public record Stack(List<SequenceLayer> layers, Dropout between) implements SequenceLayer {

  /** Keeps a copy of the list. */
  public Stack {
    layers = List.copyOf(layers);
  }

  @Override
  public int outputSize() {
    return top().outputSize();
  }

  @Override
  public int stateSize() {
    return layers.stream().mapToInt(SequenceLayer::stateSize).sum();
  }

  @Override
  public int forwardSize() {
    return top().forwardSize();
  }

  @Override
  public void declare(ParameterLayout.Builder layout, int inputSize) {
    int size = inputSize;
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).declare(layout.child(Integer.toString(i)), size);
      size = layers.get(i).outputSize();
    }
  }

  @Override
  public Rows forward(SequenceBatch batch, Rows input, Rows initial, Rows last, Pass pass) {
    Rows rows = input;
    int state = 0;
    for (int i = 0; i < layers.size(); i++) {
      if (i > 0) {
        rows = between.forward(rows, pass.child("dropout").child(Integer.toString(i)));
      }
      SequenceLayer layer = layers.get(i);
      rows =
          layer.forward(
              batch,
              rows,
              initial.columns(state, layer.stateSize()),
              last.columns(state, layer.stateSize()),
              pass.child(Integer.toString(i)));
      state += layer.stateSize();
    }
    return rows;
  }

  @Override
  public Rows backward(SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass) {
    Rows rows = backwardToLowest(batch, dOutput, dLast, dInitial, pass);
    SequenceLayer lowest = layers.get(0);
    return lowest.backward(
        batch, rows, stateOf(lowest, dLast), stateOf(lowest, dInitial), pass.child("0"));
  }

  @Override
  public void backwardParameters(
      SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass) {
    Rows rows = backwardToLowest(batch, dOutput, dLast, dInitial, pass);
    SequenceLayer lowest = layers.get(0);
    lowest.backwardParameters(
        batch, rows, stateOf(lowest, dLast), stateOf(lowest, dInitial), pass.child("0"));
  }

  private static Rows stateOf(SequenceLayer lowest, Rows state) {
    return state.columns(0, lowest.stateSize());
  }

  /** Backward through all layers above the lowest: the gradient of its output. */
  private Rows backwardToLowest(
      SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass) {
    Rows rows = dOutput;
    int state = stateSize();
    for (int i = layers.size() - 1; i > 0; i--) {
      SequenceLayer layer = layers.get(i);
      state -= layer.stateSize();
      rows =
          layer.backward(
              batch,
              rows,
              dLast.columns(state, layer.stateSize()),
              dInitial.columns(state, layer.stateSize()),
              pass.child(Integer.toString(i)));
      rows = between.backward(rows, pass.child("dropout").child(Integer.toString(i)));
    }
    return rows;
  }

  private SequenceLayer top() {
    return layers.get(layers.size() - 1);
  }
}
