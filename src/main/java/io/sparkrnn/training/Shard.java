package io.sparkrnn.training;

import io.sparkrnn.math.RandomKey;
import io.sparkrnn.sequence.Batcher;
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

  /**
   * Items of each mini-batch of an epoch, in their order.
   *
   * @param batchSize items a mini-batch
   * @param key of the epoch's order
   */
  default int[][] batches(int batchSize, RandomKey key) {
    return Batcher.shuffled(lengths(), batchSize, key);
  }

  /** Items of each batch of an evaluation, without randomness. */
  default int[][] batchesInOrder(int batchSize) {
    return Batcher.sorted(lengths(), batchSize);
  }

  /**
   * 64 bits of the content in its order, the same on every machine: how other data are told from
   * these when a training is resumed. Of the lengths alone unless a kind of shard knows more.
   */
  default long contentHash() {
    long hash = 0;
    for (int length : lengths()) {
      hash = RandomKey.ofSeed(hash).child(length).state();
    }
    return hash;
  }

  /** What the driver knows of it. */
  default ShardInfo info() {
    return new ShardInfo(index(), lengths().length, steps(), contentHash());
  }
}
