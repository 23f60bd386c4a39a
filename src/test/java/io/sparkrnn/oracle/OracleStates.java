package io.sparkrnn.oracle;

import java.util.List;

/** What a layer makes of one sequence: the output of every step, and the state after the last. */
public final class OracleStates {
  private final List<double[]> outputs;
  private final double[] last;

  /** Takes the outputs of steps 1..T and the final state in the layout of the layer. */
  public OracleStates(double[][] outputs, double[] last) {
    this.outputs = List.of(outputs);
    this.last = last.clone();
  }

  /** The outputs, one row a step. */
  public double[][] outputs() {
    return outputs.toArray(double[][]::new);
  }

  /** The final state. */
  public double[] last() {
    return last.clone();
  }
}
