package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.Vectors.scale;

import java.util.Arrays;

/** One vector out of the states of a sequence, as input of the classifier g(·). */
public enum OraclePooling {
  /** h_T; of a bidirectional layer h_T of the direction forward and h_1 of the one backward. */
  LAST {
    @Override
    public double[] pool(OracleLayer encoder, double[][] outputs) {
      return encoder.summary(outputs);
    }
  },
  /** (1/T)·Σ_t h_t. */
  MEAN {
    @Override
    public double[] pool(OracleLayer encoder, double[][] outputs) {
      double[] sum = Arrays.stream(outputs).reduce(Vectors::plus).orElseThrow();
      return scale(1.0 / outputs.length, sum);
    }
  };

  /** Pools the outputs of a sequence of at least one step. */
  public abstract double[] pool(OracleLayer encoder, double[][] outputs);
}
