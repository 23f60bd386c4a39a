package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.Vectors.affine;
import static io.sparkrnn.oracle.Vectors.map;
import static io.sparkrnn.oracle.Vectors.plus;
import static io.sparkrnn.oracle.Vectors.times;

import java.util.Arrays;

/**
 * The function g(·) from a state to outputs: a linear map {@code head.0.W} [out, in], {@code
 * head.0.b} [out] (y = V·h without the bias), or a multi-layer perceptron whose layers {@code
 * head.0}, {@code head.1}, … but the last are followed by f. With {@code head.skip.W} [out, M], the
 * first M values are no state but inputs, which it maps to what is added to the outputs.
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
    String skip = name + ".skip.W";
    if (!tensors.contains(skip)) {
      return perceptron(tensors, state);
    }
    int split = tensors.shape(skip)[1];
    return plus(
        times(tensors.values(skip), Arrays.copyOf(state, split)),
        perceptron(tensors, Arrays.copyOfRange(state, split, state.length)));
  }

  private double[] perceptron(NamedTensors tensors, double[] state) {
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
