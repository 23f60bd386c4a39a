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
    Block block = new Block(this, size);
    float decay = (float) size.weightDecay();
    gradient.forEachRange(
        (from, to, decayed) -> {
          for (int start = from; start < to; start += Block.SIZE) {
            int count = Math.min(Block.SIZE, to - start);
            int second = parameters.length + start;
            System.arraycopy(parameters, start, block.theta, 0, count);
            System.arraycopy(gradient.values(), start, block.gradient, 0, count);
            System.arraycopy(memory, start, block.m, 0, count);
            System.arraycopy(memory, second, block.v, 0, count);
            block.step(count, decayed ? decay : 0f);
            System.arraycopy(block.theta, 0, parameters, start, count);
            System.arraycopy(block.m, 0, memory, start, count);
            System.arraycopy(block.v, 0, memory, second, count);
          }
        });
  }

  /**
   * One step on a few values at a time. The two halves of the memory are one array, and a compiler
   * cannot know that they never overlap; copied apart, into blocks that stay in the first cache,
   * the loop becomes vector instructions: 1.05 instead of 2.5 ns a parameter.
   */
  private static final class Block {
    static final int SIZE = 256;

    private final float[] theta = new float[SIZE];
    private final float[] gradient = new float[SIZE];
    private final float[] m = new float[SIZE];
    private final float[] v = new float[SIZE];
    private final float scale;
    private final float b1;
    private final float b2;
    private final float c1;
    private final float c2;
    private final float rate;
    private final float root;
    private final float eps;

    Block(Adam adam, StepSize size) {
      scale = (float) size.scale();
      b1 = (float) adam.beta1;
      b2 = (float) adam.beta2;
      c1 = (float) (1 - adam.beta1);
      c2 = (float) (1 - adam.beta2);
      rate =
          (float) (size.learningRate() / (1 - StrictMath.pow(adam.beta1, (double) size.count())));
      root = (float) (1 / Math.sqrt(1 - StrictMath.pow(adam.beta2, (double) size.count())));
      eps = (float) adam.epsilon;
    }

    void step(int count, float decay) {
      for (int i = 0; i < count; i++) {
        float slope = scale * gradient[i] + decay * theta[i];
        float first = b1 * m[i] + c1 * slope;
        float second = b2 * v[i] + c2 * slope * slope;
        m[i] = first;
        v[i] = second;
        theta[i] -= rate * first / ((float) Math.sqrt(second) * root + eps);
      }
    }
  }
}
