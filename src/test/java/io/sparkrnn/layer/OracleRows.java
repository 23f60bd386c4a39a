package io.sparkrnn.layer;

import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.OracleLayer;
import io.sparkrnn.oracle.OracleStates;

/** A map of rows, which may depend on t, as an oracle's layer without a state. */
record OracleRows(Map map) implements OracleLayer {

  /** From row t of the input to row t of the output. */
  @FunctionalInterface
  interface Map {
    double[] apply(NamedTensors tensors, int t, double[] row);
  }

  @Override
  public int stateSize(NamedTensors tensors, String name) {
    return 0;
  }

  @Override
  public OracleStates run(NamedTensors tensors, String name, double[][] inputs, double[] initial) {
    double[][] outputs = new double[inputs.length][];
    for (int t = 0; t < inputs.length; t++) {
      outputs[t] = map.apply(tensors, t, inputs[t]);
    }
    return new OracleStates(outputs, new double[0]);
  }

  @Override
  public double[] summary(double[][] outputs) {
    return outputs[outputs.length - 1];
  }
}
