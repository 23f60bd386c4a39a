package io.sparkrnn.objective;

import io.sparkrnn.math.RandomStream;

/**
 * Negative logarithm of the likelihood of y under a normal distribution (Nix and Weigend 1994),
 * with the outputs μ and r:
 *
 * <pre>
 * s = L·tanh(r / L)                            logarithm of the variance, within ±L, L = 12
 * loss = ½(log 2π + s + (y − μ)²·e^−s)
 * ∂loss/∂μ = (μ − y)·e^−s     ∂loss/∂r = ½(1 − (y − μ)²·e^−s)·(1 − tanh²(r / L))
 * </pre>
 *
 * <p>The bound keeps e^−s and the gradient finite whatever the network says, and hardly bends what
 * data of unit variance ask for.
 */
record GaussianLoss() implements ValueLoss {

  private static final double LIMIT = 12;

  private static double logVariance(float r) {
    return LIMIT * StrictMath.tanh(r / LIMIT);
  }

  @Override
  public int parameters() {
    return 2;
  }

  @Override
  public int locations() {
    return 1;
  }

  @Override
  public int point() {
    return 0;
  }

  @Override
  public double loss(float[] theta, float target) {
    double s = logVariance(theta[1]);
    double difference = (double) target - theta[0];
    double log2Pi = StrictMath.log(2 * StrictMath.PI);
    return 0.5 * (log2Pi + s + difference * difference * StrictMath.exp(-s));
  }

  @Override
  public void gradient(float[] theta, float target, float[] dTheta) {
    double bend = StrictMath.tanh(theta[1] / LIMIT);
    double precision = StrictMath.exp(-LIMIT * bend);
    double difference = (double) target - theta[0];
    dTheta[0] = (float) (-difference * precision);
    dTheta[1] = (float) (0.5 * (1 - difference * difference * precision) * (1 - bend * bend));
  }

  @Override
  public void report(float[] theta, double mean, double deviation) {
    theta[0] = (float) (theta[0] * deviation + mean);
    theta[1] = (float) (StrictMath.exp(0.5 * logVariance(theta[1])) * deviation);
  }

  @Override
  public double draw(float[] theta, RandomStream random) {
    return theta[0] + StrictMath.exp(0.5 * logVariance(theta[1])) * random.nextGaussian();
  }
}
