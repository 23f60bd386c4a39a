package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.Vectors.plus;
import static io.sparkrnn.oracle.Vectors.scale;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * What the driver makes of the vectors of P shards, the shards weighted by what they really saw.
 */
public final class OracleAveraging {
  private OracleAveraging() {}

  /** Parameter averaging: Σᵢ (nᵢ/n)·Wᵢ with n = Σᵢ nᵢ. A shard that saw nothing has nᵢ = 0. */
  public static double[] parameters(List<double[]> shards, double... weights) {
    assertThat(weights.length).isEqualTo(shards.size());
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double[] average = new double[shards.get(0).length];
    for (int i = 0; i < weights.length; i++) {
      average = plus(average, scale(weights[i] / total, shards.get(i)));
    }
    return average;
  }

  /** Gradient averaging: (Σᵢ gᵢ) / (Σᵢ nᵢ) of gradients gᵢ of loss sums with weight sums nᵢ. */
  public static double[] gradients(List<double[]> sums, double... weights) {
    assertThat(weights.length).isEqualTo(sums.size());
    double[] sum = new double[sums.get(0).length];
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      sum = plus(sum, sums.get(i));
      total += weights[i];
    }
    return scale(1 / total, sum);
  }

  /**
   * Block momentum (Chen & Huo 2016), with Nesterov's start. A block starts at B; its shards end at
   * Wᵢ; then
   *
   * <pre>
   * G = Σᵢ (nᵢ/n)·Wᵢ − B
   * Δ ← η·Δ + ζ·G
   * W ← W + Δ
   * B ← W + η·Δ
   * </pre>
   */
  public static final class BlockMomentum {
    private final double momentum;
    private final double blockLearningRate;
    private double[] parameters;
    private double[] delta;
    private double[] start;

    /** Takes W at the beginning (Δ = 0, B = W), η and ζ. */
    public BlockMomentum(double[] parameters, double momentum, double blockLearningRate) {
      this.parameters = parameters.clone();
      this.momentum = momentum;
      this.blockLearningRate = blockLearningRate;
      this.delta = new double[parameters.length];
      this.start = parameters.clone();
    }

    /** Ends a block. */
    public void advance(List<double[]> shards, double... weights) {
      double[] g = plus(OracleAveraging.parameters(shards, weights), scale(-1, start));
      delta = plus(scale(momentum, delta), scale(blockLearningRate, g));
      parameters = plus(parameters, delta);
      start = plus(parameters, scale(momentum, delta));
    }

    /** W: what is evaluated and saved. */
    public double[] parameters() {
      return parameters.clone();
    }

    /** Δ. */
    public double[] delta() {
      return delta.clone();
    }

    /** B: where the shards start the next block. */
    public double[] start() {
      return start.clone();
    }
  }
}
