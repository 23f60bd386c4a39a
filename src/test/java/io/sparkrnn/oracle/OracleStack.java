package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.Vectors.concatenate;

import java.util.Arrays;
import java.util.List;

/**
 * Layers one above another, {@code name.0}, {@code name.1}, …: the outputs of each are the inputs
 * of the next. States are those of the layers one after another.
 *
 * @param layers the lowest first
 */
public record OracleStack(List<OracleLayer> layers) implements OracleLayer {
  /** Takes the layers, the lowest first. */
  public OracleStack(OracleLayer... layers) {
    this(List.of(layers));
  }

  @Override
  public int stateSize(NamedTensors tensors, String name) {
    int size = 0;
    for (int l = 0; l < layers.size(); l++) {
      size += layers.get(l).stateSize(tensors, name + "." + l);
    }
    return size;
  }

  @Override
  public OracleStates run(NamedTensors tensors, String name, double[][] inputs, double[] initial) {
    double[][] rows = inputs;
    double[] last = {};
    for (int l = 0; l < layers.size(); l++) {
      int from = last.length;
      int to = from + layers.get(l).stateSize(tensors, name + "." + l);
      double[] ownInitial = Arrays.copyOfRange(initial, from, to);
      OracleStates states = layers.get(l).run(tensors, name + "." + l, rows, ownInitial);
      rows = states.outputs();
      last = concatenate(last, states.last());
    }
    return new OracleStates(rows, last);
  }

  @Override
  public double[] summary(double[][] outputs) {
    return layers.get(layers.size() - 1).summary(outputs);
  }
}
