package io.sparkrnn.optimizer;

import io.sparkrnn.parameter.Gradient;

/** Stochastic gradient descent: θ ← θ − lr·g. */
public record Sgd() implements Optimizer {

  @Override
  public int slots() {
    return 0;
  }

  @Override
  public void step(StepSize size, float[] parameters, Gradient gradient, float[] memory) {
    float rate = (float) size.learningRate();
    float scale = (float) size.scale();
    float weightDecay = (float) size.weightDecay();
    float[] g = gradient.values();
    gradient.forEachRange(
        (from, to, decayed) -> {
          float decay = decayed ? weightDecay : 0f;
          for (int i = from; i < to; i++) {
            parameters[i] -= rate * (scale * g[i] + decay * parameters[i]);
          }
        });
  }
}
