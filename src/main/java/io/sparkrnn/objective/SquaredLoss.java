package io.sparkrnn.objective;

import io.sparkrnn.math.RandomStream;

/** loss = (θ − y)². One output, the point; no distribution. */
record SquaredLoss() implements ValueLoss {

  @Override
  public int parameters() {
    return 1;
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
    double difference = (double) theta[0] - target;
    return difference * difference;
  }

  @Override
  public void gradient(float[] theta, float target, float[] dTheta) {
    dTheta[0] = 2f * (theta[0] - target);
  }

  @Override
  public void report(float[] theta, double mean, double deviation) {
    theta[0] = (float) (theta[0] * deviation + mean);
  }

  @Override
  public double draw(float[] theta, RandomStream random) {
    throw new UnsupportedOperationException(
        "a network trained by squared error says nothing of a distribution; train it with a Gaussian or quantile loss to draw paths");
  }
}
