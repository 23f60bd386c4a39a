package io.sparkrnn.oracle;

import java.util.Arrays;

/**
 * h_t = f(W·x_t + b) at every step by itself.
 *
 * @param activation f
 */
public record OracleDense(OracleActivation activation) implements OracleLayer {
  @Override
  public int stateSize(NamedTensors tensors, String name) {
    return 0;
  }

  @Override
  public OracleStates run(NamedTensors tensors, String name, double[][] inputs, double[] initial) {
    double[][] outputs =
        Arrays.stream(inputs)
            .map(x -> Vectors.map(activation, Vectors.affine(tensors, name + ".W", name + ".b", x)))
            .toArray(double[][]::new);
    return new OracleStates(outputs, new double[0]);
  }

  @Override
  public double[] summary(double[][] outputs) {
    return outputs[outputs.length - 1];
  }
}
