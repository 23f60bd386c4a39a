package io.sparkrnn.optimizer;

import io.sparkrnn.parameter.Gradient;

/**
 * Adam (Kingma and Ba 2015): m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; θ ← θ − lr·m̂ / (√v̂ + ε), with
 * m̂ = m / (1−β₁ᵗ), v̂ = v / (1−β₂ᵗ). Memory: m, then v.
 *
 * @param beta1 β₁ in [0, 1)
 * @param beta2 β₂ in [0, 1)
 * @param epsilon ε above 0
 */
public record Adam(double beta1, double beta2, double epsilon) implements Optimizer {

  @Override
  public int slots() {
    return 2;
  }

  @Override
  public void step(StepSize size, float[] parameters, Gradient gradient, float[] memory) {
    float scale = (float) size.scale();
    float decay = (float) size.weightDecay();
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float c1 = (float) (1 - beta1);
    float c2 = (float) (1 - beta2);
    float rate = (float) (size.learningRate() / (1 - StrictMath.pow(beta1, (double) size.count())));
    float root = (float) (1 / Math.sqrt(1 - StrictMath.pow(beta2, (double) size.count())));
    float eps = (float) epsilon;
    float[] g = gradient.values();
    int second = parameters.length;
    gradient.forEachRange(
        (from, to) -> {
          for (int i = from; i < to; i++) {
            float slope = scale * g[i] + decay * parameters[i];
            float m = b1 * memory[i] + c1 * slope;
            float v = b2 * memory[second + i] + c2 * slope * slope;
            memory[i] = m;
            memory[second + i] = v;
            parameters[i] -= rate * m / ((float) Math.sqrt(v) * root + eps);
          }
        });
  }
}
