package io.sparkrnn.training;

import io.sparkrnn.metric.LossSum;

/**
 * A round in which nothing is learnt: every shard gives the parameters back as they came. What it
 * costs is what the machinery of rounds costs.
 *
 * @param vectorLength N
 * @param <B> a batch
 */
public record IdleRound<B>(int vectorLength) implements Round<B> {

  @Override
  public ShardResult work(TrainingState start, Shard<B> shard) {
    ShardSummary summary =
        new ShardSummary(shard.index(), LossSum.ZERO, 1, shard.steps(), shard.steps(), true);
    return ShardResult.checked(summary, start.parameters().clone());
  }

  @Override
  public TrainingState advance(TrainingState state, Slice.Folded folded) {
    return state.nextRound(1, folded.values(), state.memory(), state.driver());
  }
}
