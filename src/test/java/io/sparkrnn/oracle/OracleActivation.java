package io.sparkrnn.oracle;

import java.util.function.DoubleUnaryOperator;

/** The functions f(·) of the equations. */
public enum OracleActivation implements DoubleUnaryOperator {
  /** tanh(x). */
  TANH,
  /** σ(x) = 1 / (1 + e⁻ˣ). */
  LOGISTIC,
  /** max(x, 0). */
  RELU,
  /** x. */
  LINEAR,
  /** clip(0.2·x + 0.5, 0, 1): the gate function of Keras 1 and early 2. */
  HARD_SIGMOID;

  @Override
  public double applyAsDouble(double x) {
    return switch (this) {
      case TANH -> Math.tanh(x);
      case LOGISTIC -> 1 / (1 + Math.exp(-x));
      case RELU -> Math.max(x, 0);
      case LINEAR -> x;
      case HARD_SIGMOID -> Math.min(1, Math.max(0, 0.2 * x + 0.5));
    };
  }
}
