package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.Initializer;
import io.sparkrnn.parameter.ParameterLayout;
import java.util.List;

/**
 * Where the weights of an output over a vocabulary stand: W, V × D, its own ({@code head.W}) or an
 * embedding's (tied: Press and Wolf 2017), and b, {@code head.b}, always its own.
 *
 * @param vocabulary V
 * @param path children of the network that lead to W
 * @param name of W there
 * @param lookup whether W is a table of which a batch touches few rows
 * @param sparseBias whether b is such a table too, V × 1
 */
public record OutputTable(
    int vocabulary, List<String> path, String name, boolean lookup, boolean sparseBias) {

  private static final String HEAD = "head";
  private static final String BIAS = "b";

  /** Weights of its own, of which all rows are used at every step. */
  public static OutputTable dense(int vocabulary) {
    return new OutputTable(vocabulary, List.of(HEAD), "W", false, false);
  }

  /** Weights of its own, of which few rows are used at a time. */
  public static OutputTable sparse(int vocabulary) {
    return new OutputTable(vocabulary, List.of(HEAD), "W", true, true);
  }

  /**
   * The weights of an embedding.
   *
   * @param path children of the network that lead to the embedding
   * @param sparse whether few rows are used at a time
   */
  public static OutputTable tied(int vocabulary, List<String> path, boolean sparse) {
    return new OutputTable(vocabulary, path, "E", true, sparse);
  }

  /** Keeps a copy of the list. */
  public OutputTable {
    path = List.copyOf(path);
  }

  void declare(ParameterLayout.Builder network, int inputSize) {
    ParameterLayout.Builder place = network;
    for (String child : path) {
      place = place.child(child);
    }
    Initializer initializer = Initializer.glorot(inputSize);
    if (lookup) {
      place.table(name, vocabulary, inputSize, initializer);
    } else {
      place.matrix(name, vocabulary, inputSize, initializer);
    }
    if (sparseBias) {
      network.child(HEAD).table(BIAS, vocabulary, 1, Initializer.zeros());
    } else {
      network.child(HEAD).vector(BIAS, vocabulary, Initializer.zeros());
    }
  }

  Pass head(Pass network) {
    return network.child(HEAD);
  }

  Rows weights(Pass network) {
    return place(network).parameter(name);
  }

  /** b as one row. */
  Rows bias(Pass network) {
    return asRow(head(network).parameter(BIAS));
  }

  /** The gradients of all rows, each of which counts as touched. */
  LinearSoftmax.Into gradients(Pass network) {
    if (lookup) {
      touchAll(network, place(network).fullName(name));
    }
    if (sparseBias) {
      touchAll(network, head(network).fullName(BIAS));
    }
    return new LinearSoftmax.Into(
        place(network).gradient(name), asRow(head(network).gradient(BIAS)));
  }

  /** Adds to the gradient of one row of W. */
  void addToRow(int id, float[] values, int from, float factor, Pass network) {
    String full = place(network).fullName(name);
    int to = network.gradient().table(full).touch(id);
    float[] gradient = network.gradient().values();
    int width = place(network).parameter(name).width();
    for (int j = 0; j < width; j++) {
      gradient[to + j] += factor * values[from + j];
    }
  }

  /** Adds to the gradient of one value of b. */
  void addToBias(int id, float value, Pass network) {
    int at = network.gradient().table(head(network).fullName(BIAS)).touch(id);
    network.gradient().values()[at] += value;
  }

  private void touchAll(Pass network, String tensor) {
    for (int id = 0; id < vocabulary; id++) {
      network.gradient().table(tensor).touch(id);
    }
  }

  private Pass place(Pass network) {
    Pass place = network;
    for (String child : path) {
      place = place.child(child);
    }
    return place;
  }

  private Rows asRow(Rows bias) {
    return new Rows(bias.data(), bias.offset(), 1, vocabulary, vocabulary);
  }
}
