package io.sparkrnn.training;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.objective.Objective;

/** Which mini-batches a shard sees in which order, and the keys of their randomness. */
final class BatchSource {

  private final int epoch;
  private final RandomKey key;
  private final int[][] batches;

  BatchSource(TrainingSettings settings, int epoch, Shard<?> shard) {
    this.epoch = epoch;
    key = RandomKey.ofSeed(settings.seed()).child("epoch").child(epoch).child(shard.index());
    batches = shard.batches(settings.batchSize(), key.child("order"));
  }

  /**
   * Lets an objective read the mini-batches right before one, as many as it wants, by the random
   * numbers they were trained with.
   *
   * @param batch that is trained on next
   */
  <B> void lead(Objective<B> objective, int batch, Shard<B> shard, Pass pass) {
    int from = Math.max(0, batch - objective.context());
    for (int b = from; b < batch && batch < count(); b++) {
      begin(pass, b);
      objective.read(shard.batch(items(b)), pass);
    }
  }

  /** Begins a mini-batch's traversal: its random numbers, and how far training is. */
  void begin(Pass pass, int batch) {
    pass.begin(Pass.Mode.TRAINING, key.child("batch").child(batch), progress(batch));
  }

  /** Epochs trained before a mini-batch, with their fraction. */
  double progress(int batch) {
    return epoch + (double) batch / count();
  }

  /** Mini-batches of the epoch. */
  int count() {
    return batches.length;
  }

  /** Items of a mini-batch. */
  int[] items(int batch) {
    return batches[batch];
  }
}
