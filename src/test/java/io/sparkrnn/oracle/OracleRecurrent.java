package io.sparkrnn.oracle;

import java.util.Arrays;

/**
 * The recurrence h_t = f(h_{t−1}, x_t) from t = 1 to T. A sequence without steps leaves its initial
 * state.
 *
 * @param cell f
 */
public record OracleRecurrent(OracleCell cell) implements OracleLayer {
  @Override
  public int stateSize(NamedTensors tensors, String name) {
    return cell.stateSize(tensors.columns(name + ".U"));
  }

  @Override
  public OracleStates run(NamedTensors tensors, String name, double[][] inputs, double[] initial) {
    int hiddenSize = tensors.columns(name + ".U");
    double[][] outputs = new double[inputs.length][];
    double[] state = initial;
    for (int t = 0; t < inputs.length; t++) {
      state = cell.step(tensors, name, inputs[t], state);
      outputs[t] = Arrays.copyOf(state, hiddenSize);
    }
    return new OracleStates(outputs, state);
  }

  @Override
  public double[] summary(double[][] outputs) {
    return outputs[outputs.length - 1];
  }
}
