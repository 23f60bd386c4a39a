package io.sparkrnn.training;

import java.io.Serializable;

/**
 * What the driver knows of a shard.
 *
 * @param index place among the shards
 * @param items sequences in it, or segments
 * @param steps time steps in it
 * @param hash of its content, in its order
 * @param ownBatches mini-batches an epoch where the shard decides them itself; 0 where the size of
 *     a mini-batch does
 */
public record ShardInfo(int index, int items, long steps, long hash, int ownBatches)
    implements Serializable {

  /** A shard whose mini-batches are of a given size. */
  public ShardInfo(int index, int items, long steps, long hash) {
    this(index, items, steps, hash, 0);
  }

  /** Mini-batches an epoch. */
  public int miniBatches(int batchSize) {
    return ownBatches > 0 ? ownBatches : (int) ((items + batchSize - 1L) / batchSize);
  }
}
