package io.sparkrnn.oracle;

import java.util.function.ToDoubleFunction;

/**
 * Gradients from values of a function alone. With D(h) = (f(x+h) − f(x−h)) / 2h, whose error is
 * c·h² + O(h⁴), Richardson's extrapolation (4·D(h/2) − D(h)) / 3 leaves O(h⁴); with h = 10⁻³ both
 * that and the rounding ε·f/h are about 10⁻¹² for functions of order 1. The function must be smooth
 * within h of x: tests of piecewise functions keep away from the kinks.
 */
public final class CentralDifferences {
  private static final double STEP = 1e-3;

  private CentralDifferences() {}

  /** ∂f/∂x at {@code at}, for each element; {@code at} is left as it was found. */
  public static double[] gradient(double[] at, ToDoubleFunction<double[]> f) {
    double[] x = at.clone();
    double[] gradient = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double wide = difference(x, i, STEP, f);
      double narrow = difference(x, i, STEP / 2, f);
      gradient[i] = (4 * narrow - wide) / 3;
    }
    return gradient;
  }

  /** ∂f/∂X for every tensor X, under its name and of its shape. */
  public static NamedTensors gradient(NamedTensors at, ToDoubleFunction<NamedTensors> f) {
    NamedTensors gradients = new NamedTensors();
    for (String name : at.names()) {
      double[] gradient =
          gradient(at.values(name), tensor -> f.applyAsDouble(at.with(name, tensor)));
      gradients.put(name, gradient, at.shape(name));
    }
    return gradients;
  }

  private static double difference(double[] x, int i, double h, ToDoubleFunction<double[]> f) {
    double original = x[i];
    x[i] = original + h;
    double above = f.applyAsDouble(x);
    x[i] = original - h;
    double below = f.applyAsDouble(x);
    x[i] = original;
    return (above - below) / (2 * h);
  }
}
