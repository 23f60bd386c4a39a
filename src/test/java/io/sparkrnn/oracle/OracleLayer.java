package io.sparkrnn.oracle;

/** Maps one sequence of vectors to another of the same length, from an initial state. */
public interface OracleLayer {
  /** Length of the initial and of the final state. */
  int stateSize(NamedTensors tensors, String name);

  /** Runs over all steps of {@code inputs}, from {@code initial}. */
  OracleStates run(NamedTensors tensors, String name, double[][] inputs, double[] initial);

  /** Runs over all steps of {@code inputs}, from h_0 = 0. */
  default OracleStates run(NamedTensors tensors, String name, double[][] inputs) {
    return run(tensors, name, inputs, new double[stateSize(tensors, name)]);
  }

  /**
   * What the layer has seen of the whole sequence, out of its outputs: the output at t = T, but for
   * a direction that runs backward the one at t = 1.
   */
  double[] summary(double[][] outputs);
}
