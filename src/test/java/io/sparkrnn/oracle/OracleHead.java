package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.Vectors.affine;
import static io.sparkrnn.oracle.Vectors.map;

/**
 * The function g(·) from a state to outputs: a linear map {@code head.0.W} [out, in], {@code
 * head.0.b} [out] (y = V·h without the bias), or a multi-layer perceptron whose layers {@code
 * head.0}, {@code head.1}, … but the last are followed by f.
 *
 * @param activation f, of the hidden layers
 */
public record OracleHead(OracleActivation activation) {
  /** Outputs, before any softmax, for one state. */
  public double[] apply(NamedTensors tensors, double[] state) {
    double[] y = affine(tensors, "head.0.W", "head.0.b", state);
    for (int l = 1; tensors.contains("head." + l + ".W"); l++) {
      y = affine(tensors, "head." + l + ".W", "head." + l + ".b", map(activation, y));
    }
    return y;
  }
}
