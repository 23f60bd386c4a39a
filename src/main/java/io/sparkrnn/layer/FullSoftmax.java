package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;

/**
 * p = softmax(h·Wᵀ + b) over the whole vocabulary at every step.
 *
 * @param table W and b
 */
public record FullSoftmax(OutputTable table) implements SoftmaxLayer {

  @Override
  public int vocabulary() {
    return table.vocabulary();
  }

  @Override
  public void declare(ParameterLayout.Builder network, int inputSize) {
    table.declare(network, inputSize);
  }

  @Override
  public double lossAndGradient(
      Rows hidden, int[] targets, float[] weights, Rows dHidden, Pass network) {
    return softmax(network)
        .lossAndGradient(hidden, targets, weights, dHidden, table.gradients(network));
  }

  @Override
  public void logProbabilities(Rows hidden, int[] targets, float[] logProbability, Pass network) {
    softmax(network).addLogProbabilities(hidden, targets, logProbability);
  }

  @Override
  public Rows distribution(Rows hidden, Pass network) {
    Rows all = table.head(network).buffer("distribution", hidden.count(), vocabulary());
    softmax(network).distribution(hidden, all);
    return all;
  }

  private LinearSoftmax softmax(Pass network) {
    return new LinearSoftmax(table.head(network), table.weights(network), table.bias(network));
  }
}
