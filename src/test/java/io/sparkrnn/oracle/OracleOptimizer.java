package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.Vectors.dot;
import static io.sparkrnn.oracle.Vectors.plus;
import static io.sparkrnn.oracle.Vectors.scale;

/**
 * Steps of first-order methods on a vector θ with gradient g, as PyTorch's {@code torch.optim}
 * takes them. Each step first adds λ·θ to g (L2, there {@code weight_decay}).
 */
public interface OracleOptimizer {
  /** θ after one step. */
  double[] step(double[] theta, double[] gradient, double learningRate);

  /**
   * The gradient brought to a 2-norm of at most {@code maximum}, as {@code clip_grad_norm_}: g ·
   * min(1, maximum / (‖g‖ + 10⁻⁶)). The norm is that of all tensors together.
   */
  static double[] clipped(double[] gradient, double maximum) {
    double norm = Math.sqrt(dot(gradient, gradient));
    return scale(Math.min(1, maximum / (norm + 1e-6)), gradient);
  }

  /** θ ← θ − η·g. */
  final class Sgd implements OracleOptimizer {
    private final double weightDecay;

    /** Takes λ. */
    public Sgd(double weightDecay) {
      this.weightDecay = weightDecay;
    }

    @Override
    public double[] step(double[] theta, double[] gradient, double learningRate) {
      double[] g = plus(gradient, scale(weightDecay, theta));
      return plus(theta, scale(-learningRate, g));
    }
  }

  /** v ← μ·v + g (v = 0 at the start); θ ← θ − η·v. */
  final class Momentum implements OracleOptimizer {
    private final double momentum;
    private final double weightDecay;
    private double[] velocity = {};

    /** Takes μ and λ. */
    public Momentum(double momentum, double weightDecay) {
      this.momentum = momentum;
      this.weightDecay = weightDecay;
    }

    @Override
    public double[] step(double[] theta, double[] gradient, double learningRate) {
      double[] g = plus(gradient, scale(weightDecay, theta));
      velocity = velocity.length == 0 ? g : plus(scale(momentum, velocity), g);
      return plus(theta, scale(-learningRate, velocity));
    }
  }

  /**
   * Adam (Kingma & Ba 2015), at step k = 1, 2, …, from m = v = 0:
   *
   * <pre>
   * m ← β₁·m + (1−β₁)·g      m̂ = m / (1−β₁ᵏ)
   * v ← β₂·v + (1−β₂)·g²     v̂ = v / (1−β₂ᵏ)
   * θ ← θ − η·m̂ / (√v̂ + ε)
   * </pre>
   */
  final class Adam implements OracleOptimizer {
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final double weightDecay;
    private double[] mean = {};
    private double[] square = {};
    private int steps;

    /** Takes β₁, β₂, ε and λ. */
    public Adam(double beta1, double beta2, double epsilon, double weightDecay) {
      this.beta1 = beta1;
      this.beta2 = beta2;
      this.epsilon = epsilon;
      this.weightDecay = weightDecay;
    }

    @Override
    public double[] step(double[] theta, double[] gradient, double learningRate) {
      if (steps == 0) {
        mean = new double[theta.length];
        square = new double[theta.length];
      }
      steps++;
      double[] g = plus(gradient, scale(weightDecay, theta));
      double[] next = theta.clone();
      for (int i = 0; i < theta.length; i++) {
        mean[i] = beta1 * mean[i] + (1 - beta1) * g[i];
        square[i] = beta2 * square[i] + (1 - beta2) * g[i] * g[i];
        double correctedMean = mean[i] / (1 - Math.pow(beta1, steps));
        double correctedSquare = square[i] / (1 - Math.pow(beta2, steps));
        next[i] -= learningRate * correctedMean / (Math.sqrt(correctedSquare) + epsilon);
      }
      return next;
    }
  }
}
