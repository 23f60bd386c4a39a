package io.sparkrnn.optimizer;

import io.sparkrnn.parameter.Gradient;

/**
 * Momentum as PyTorch has it: v ← μ·v + g; θ ← θ − lr·v.
 *
 * @param momentum μ in [0, 1)
 */
public record Momentum(double momentum) implements Optimizer {

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public void step(StepSize size, float[] parameters, Gradient gradient, float[] memory) {
    float rate = (float) size.learningRate();
    float scale = (float) size.scale();
    float weightDecay = (float) size.weightDecay();
    float mu = (float) momentum;
    float[] g = gradient.values();
    gradient.forEachRange(
        (from, to, decayed) -> {
          float decay = decayed ? weightDecay : 0f;
          for (int i = from; i < to; i++) {
            float velocity = mu * memory[i] + scale * g[i] + decay * parameters[i];
            memory[i] = velocity;
            parameters[i] -= rate * velocity;
          }
        });
  }
}
