package io.sparkrnn.objective;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.math.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pinball losses of several quantiles (Koenker and Bassett 1978), with levels τ and outputs q:
 *
 * <pre>
 * loss = Σ_τ max(τ·(y − q_τ), (τ − 1)·(y − q_τ))
 * ∂loss/∂q_τ = −τ where y > q_τ, 1 − τ where y < q_τ, 0 where they are equal
 * </pre>
 *
 * <p>Reported quantiles are sorted, so that they never cross (Chernozhukov et al. 2010). The point
 * is the quantile whose level is nearest to one half.
 *
 * @param levels in (0, 1), ascending
 */
record QuantileLoss(List<Double> levels) implements ValueLoss {

  QuantileLoss {
    levels = new ArrayList<>(levels);
    double before = 0;
    for (double level : levels) {
      if (!(level > before && level < 1)) {
        throw new ConfigurationException(
            "quantiles: expected ascending levels within (0, 1), found " + levels);
      }
      before = level;
    }
    if (levels.isEmpty()) {
      throw new ConfigurationException("quantiles: expected at least one level, found none");
    }
  }

  @Override
  public int parameters() {
    return levels.size();
  }

  @Override
  public int locations() {
    return levels.size();
  }

  @Override
  public int point() {
    int nearest = 0;
    for (int i = 1; i < levels.size(); i++) {
      if (Math.abs(levels.get(i) - 0.5) < Math.abs(levels.get(nearest) - 0.5)) {
        nearest = i;
      }
    }
    return nearest;
  }

  @Override
  public double loss(float[] theta, float target) {
    double sum = 0;
    for (int i = 0; i < levels.size(); i++) {
      double difference = (double) target - theta[i];
      sum += Math.max(levels.get(i) * difference, (levels.get(i) - 1) * difference);
    }
    return sum;
  }

  @Override
  public void gradient(float[] theta, float target, float[] dTheta) {
    for (int i = 0; i < levels.size(); i++) {
      double level = levels.get(i);
      dTheta[i] = target > theta[i] ? (float) -level : target < theta[i] ? (float) (1 - level) : 0f;
    }
  }

  @Override
  public void report(float[] theta, double mean, double deviation) {
    Arrays.sort(theta);
    for (int i = 0; i < theta.length; i++) {
      theta[i] = (float) (theta[i] * deviation + mean);
    }
  }

  /** The quantile function, linear between the levels and beyond them, at a uniform number. */
  @Override
  public double draw(float[] theta, RandomStream random) {
    if (levels.size() < 2) {
      throw new UnsupportedOperationException(
          "one quantile says nothing of a distribution; name at least two levels to draw paths");
    }
    float[] ascending = theta.clone();
    Arrays.sort(ascending);
    double u = random.nextDouble();
    int i = 1;
    while (i < levels.size() - 1 && u > levels.get(i)) {
      i++;
    }
    double share = (u - levels.get(i - 1)) / (levels.get(i) - levels.get(i - 1));
    return ascending[i - 1] + share * (ascending[i] - ascending[i - 1]);
  }
}
