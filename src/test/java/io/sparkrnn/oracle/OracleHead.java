package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.Vectors.affine;
import static io.sparkrnn.oracle.Vectors.map;

/**
 * The function g(·) from a state to outputs: a linear map {@code head.0.W} [out, in], {@code
 * head.0.b} [out] (y = V·h without the bias), or a multi-layer perceptron whose layers {@code
 * head.0}, {@code head.1}, … but the last are followed by f.
 *
 * @param name the part of the names before the number
 * @param activation f, of the hidden layers
 */
public record OracleHead(String name, OracleActivation activation) {
  /** A head called {@code head}. */
  public OracleHead(OracleActivation activation) {
    this("head", activation);
  }

  /** Outputs, before any softmax, for one state. */
  public double[] apply(NamedTensors tensors, double[] state) {
    double[] y = layer(tensors, 0, state);
    for (int l = 1; tensors.contains(name + "." + l + ".W"); l++) {
      y = layer(tensors, l, map(activation, y));
    }
    return y;
  }

  private double[] layer(NamedTensors tensors, int l, double[] x) {
    return affine(tensors, name + "." + l + ".W", name + "." + l + ".b", x);
  }
}
