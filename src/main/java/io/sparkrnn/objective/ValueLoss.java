package io.sparkrnn.objective;

import io.sparkrnn.math.RandomStream;
import java.io.Serializable;
import java.util.List;

/**
 * How P outputs θ of a network stand for one predicted value y: the loss and its gradient, the
 * point that the outputs mean, and the distribution.
 */
public sealed interface ValueLoss extends Serializable
    permits SquaredLoss, GaussianLoss, QuantileLoss {

  /** (θ − y)². */
  static ValueLoss squared() {
    return new SquaredLoss();
  }

  /** −log of a normal density; θ are mean and logarithm of the variance. */
  static ValueLoss gaussian() {
    return new GaussianLoss();
  }

  /** Pinball losses; θ are the quantiles of these levels. */
  static ValueLoss quantiles(List<Double> levels) {
    return new QuantileLoss(levels);
  }

  /** P: outputs for one value. */
  int parameters();

  /** How many of the outputs, the first ones, move with the value itself: not a deviation. */
  int locations();

  /** Which of the outputs is the point forecast: mean or median. */
  int point();

  /**
   * Loss of one value.
   *
   * @param theta P outputs
   */
  double loss(float[] theta, float target);

  /**
   * ∂loss/∂θ.
   *
   * @param theta P outputs
   * @param dTheta P values, receives the gradient
   */
  void gradient(float[] theta, float target, float[] dTheta);

  /**
   * Turns outputs, in place, into what is reported: a point; a mean and a standard deviation; or
   * quantiles in ascending order.
   *
   * @param theta P outputs, in scaled units
   * @param mean of the scale of the value
   * @param deviation of the scale of the value
   */
  void report(float[] theta, double mean, double deviation);

  /**
   * Draws a value from the distribution.
   *
   * @throws UnsupportedOperationException if the outputs say nothing of a distribution
   */
  double draw(float[] theta, RandomStream random);
}
