package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.Vectors.affine;
import static io.sparkrnn.oracle.Vectors.map;
import static io.sparkrnn.oracle.Vectors.plus;

/**
 * The simple recurrent network (Elman 1990): z_t = U·h_{t−1} + W·x_t + b (+ b_U), h_t = f(z_t).
 *
 * @param activation f
 */
public record OracleElmanCell(OracleActivation activation) implements OracleCell {
  @Override
  public int gates() {
    return 1;
  }

  @Override
  public int stateSize(int hiddenSize) {
    return hiddenSize;
  }

  @Override
  public double[] step(NamedTensors tensors, String name, double[] x, double[] state) {
    double[] fromInput = affine(tensors, name + ".W", name + ".b", x);
    double[] fromState = affine(tensors, name + ".U", name + ".bU", state);
    return map(activation, plus(fromInput, fromState));
  }
}
