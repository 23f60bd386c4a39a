package io.sparkrnn.optimizer;

import io.sparkrnn.parameter.Gradient;
import java.io.Serializable;

/**
 * One step down a gradient. Its memory is a flat array of {@link #slots} values a parameter, slot
 * after slot, so that it travels and averages like parameters. Rows of lookup tables that a batch
 * did not touch are left alone, memory included (a lazy step, as PyTorch's SparseAdam).
 */
public interface Optimizer extends Serializable {

  /** Values of memory a parameter. */
  int slots();

  /**
   * Takes one step.
   *
   * @param size how far, and what the gradient is multiplied by first
   * @param parameters N values, changed
   * @param gradient a sum over the batch
   * @param memory slots × N values, changed
   */
  void step(StepSize size, float[] parameters, Gradient gradient, float[] memory);

  /**
   * What differs from step to step.
   *
   * @param learningRate at this step
   * @param scale turns the sum into the mean, clipped
   * @param weightDecay L2: decay·θ is added to the scaled gradient where the layout has θ decayed
   * @param count steps taken, this one included
   */
  record StepSize(double learningRate, double scale, double weightDecay, long count) {}
}
