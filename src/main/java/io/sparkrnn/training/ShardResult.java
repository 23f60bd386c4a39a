package io.sparkrnn.training;

import java.io.Serializable;

/**
 * What a shard gives to a round.
 *
 * @param summary its part
 * @param vector the values that are summed over the shards
 */
@SuppressWarnings("ArrayRecordComponent") // arrays that travel as they are
public record ShardResult(ShardSummary summary, float[] vector) implements Serializable {

  /** Leaves a result out of the sum if it is not finite. */
  static ShardResult checked(ShardSummary summary, float[] vector) {
    double sum = summary.loss().sum();
    for (float value : vector) {
      sum += 0 * value; // NaN for NaN and infinities, nothing otherwise
    }
    return Double.isFinite(sum)
        ? new ShardResult(summary, vector)
        : new ShardResult(
            new ShardSummary(
                summary.shard(), summary.loss(), summary.optimizerSteps(), 0, 0, false),
            vector);
  }
}
