package io.sparkrnn.training;

import java.io.Serializable;
import java.util.List;

/** Where shards live and work is done. */
public interface Cluster extends AutoCloseable {

  /**
   * Lets every shard work from a state and folds what they give, in shard order.
   *
   * @param label what a person watching is told
   */
  <B> Slice.Folded run(Round<B> round, TrainingState start, Shards<B> shards, String label);

  /** Applies a function to every shard with parameters; small results, in shard order. */
  <B, R extends Serializable> List<R> map(
      ShardFunction<B, R> function, float[] parameters, Shards<B> shards, String label);

  @Override
  default void close() {}

  /**
   * A pure function of parameters and shard.
   *
   * @param <B> a batch
   * @param <R> a small result
   */
  @FunctionalInterface
  interface ShardFunction<B, R extends Serializable> extends Serializable {
    /** Called once a shard. */
    R apply(float[] parameters, Shard<B> shard);
  }
}
