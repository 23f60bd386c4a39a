package io.sparkrnn.metric;

import java.io.Serializable;

/**
 * The loss of some sequences before it is divided: a sum and the weight to divide it by.
 *
 * @param sum the weighted losses added up
 * @param weight the weights added up, the denominator of the mean; 0 for no target at all
 * @param steps time steps seen, targets or not: the measure of work
 */
public record LossSum(double sum, double weight, long steps) implements Serializable {

  /** Nothing seen yet: the neutral element of {@link #plus}. */
  public static final LossSum ZERO = new LossSum(0, 0, 0);

  /** Both together; doubles are added as {@code this + other}. */
  public LossSum plus(LossSum other) {
    return new LossSum(sum + other.sum, weight + other.weight, steps + other.steps);
  }

  /**
   * Loss per unit of weight.
   *
   * @throws IllegalStateException if the weight is 0: a mean of nothing
   */
  public double mean() {
    if (weight == 0) {
      throw new IllegalStateException(
          "The mean loss of nothing was asked for: the weight is 0 after " + steps + " steps");
    }
    return sum / weight;
  }
}
