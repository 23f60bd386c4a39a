package io.sparkrnn.training;

import io.sparkrnn.metric.LossSum;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a shard says of its part in a round.
 *
 * @param shard its index
 * @param loss over the mini-batches of the round
 * @param optimizerSteps steps it took
 * @param coefficient its vector is multiplied by this in the sum
 * @param divisor the sum is divided by the sum of these
 * @param finite whether its loss and vector are finite; if not, coefficient and divisor are 0
 * @param gradientNorms {@link GradientNorms} of its last mini-batch; empty if it had none
 */
public record ShardSummary(
    int shard,
    LossSum loss,
    long optimizerSteps,
    double coefficient,
    double divisor,
    boolean finite,
    ArrayList<Double> gradientNorms)
    implements Serializable {

  /** Without norms. */
  public ShardSummary(
      int shard,
      LossSum loss,
      long optimizerSteps,
      double coefficient,
      double divisor,
      boolean finite) {
    this(shard, loss, optimizerSteps, coefficient, divisor, finite, new ArrayList<>());
  }

  /** The same with the norms of its last gradient. */
  ShardSummary withNorms(List<Double> norms) {
    return new ShardSummary(
        shard, loss, optimizerSteps, coefficient, divisor, finite, new ArrayList<>(norms));
  }
}
