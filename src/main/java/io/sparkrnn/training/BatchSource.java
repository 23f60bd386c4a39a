package io.sparkrnn.training;

import io.sparkrnn.math.RandomKey;
import io.sparkrnn.sequence.Batcher;

/** Which mini-batches a shard sees in which order, and the keys of their randomness. */
final class BatchSource {

  private final RandomKey key;
  private final int[][] batches;

  BatchSource(TrainingSettings settings, int epoch, Shard<?> shard) {
    key = RandomKey.ofSeed(settings.seed()).child("epoch").child(epoch).child(shard.index());
    batches = Batcher.shuffled(shard.lengths(), settings.batchSize(), key.child("order"));
  }

  /** Mini-batches of the epoch. */
  int count() {
    return batches.length;
  }

  /** Items of a mini-batch. */
  int[] items(int batch) {
    return batches[batch];
  }

  /** Key of a mini-batch's randomness. */
  RandomKey key(int batch) {
    return key.child("batch").child(batch);
  }
}
