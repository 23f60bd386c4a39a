package io.sparkrnn.training;

import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.SequenceSet;

/**
 * A shard of sequences.
 *
 * @param index place among the shards
 * @param sequences what it holds
 */
public record SequenceShard(int index, SequenceSet sequences) implements Shard<SequenceBatch> {

  @Override
  public int[] lengths() {
    return sequences.lengths();
  }

  @Override
  public long steps() {
    return sequences.steps();
  }

  @Override
  public long contentHash() {
    return sequences.contentHash();
  }

  @Override
  public SequenceBatch batch(int[] items) {
    return sequences.gather(items);
  }
}
