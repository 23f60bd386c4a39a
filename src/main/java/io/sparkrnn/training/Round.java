package io.sparkrnn.training;

import java.io.Serializable;

/**
 * One synchronous round: every shard works from the same state, the vectors they give are summed
 * and divided once, and the driver advances.
 *
 * @param <B> a batch
 */
public interface Round<B> extends Serializable {

  /** Length of the vectors. */
  int vectorLength();

  /** What the shards need of a state: all but the driver's own, or less. */
  default TrainingState start(TrainingState state) {
    return state.startingAt(state.parameters(), state.memory());
  }

  /** What a shard does, a pure function of state and shard: a lost task is simply run again. */
  ShardResult work(TrainingState start, Shard<B> shard);

  /** What the driver makes of the sums. */
  TrainingState advance(TrainingState state, Slice.Folded folded);
}
