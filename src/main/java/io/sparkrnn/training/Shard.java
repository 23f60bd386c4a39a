package io.sparkrnn.training;

import java.io.Serializable;

/**
 * The part of the data that one task works on, the same in every round.
 *
 * @param <B> a batch
 */
public interface Shard<B> extends Serializable {

  /** Place among the shards, from 0. */
  int index();

  /** Work of each item: time steps of each sequence. */
  int[] lengths();

  /** Time steps of all items. */
  long steps();

  /** Makes a batch of at least one item. */
  B batch(int[] items);

  /** What the driver knows of it. */
  default ShardInfo info() {
    return new ShardInfo(index(), lengths().length, steps());
  }
}
