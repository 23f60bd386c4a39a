package io.sparkrnn.training;

import io.sparkrnn.math.RandomKey;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.optimizer.Optimizer;
import io.sparkrnn.optimizer.OptimizerSettings;
import io.sparkrnn.sequence.Batcher;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceSet;
import io.sparkrnn.testing.Sample;
import io.sparkrnn.testing.Traversal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Training as one would write it without rounds, shards and averages: for each epoch, for each
 * mini-batch, forward, backward, one step. Shares with the trainer only the order of sequences, the
 * keys of randomness and the pointwise step of an optimizer.
 */
final class PlainLoop {
  private final TrainingSettings settings;
  private final SequenceSet sequences;
  private final Traversal traversal;
  private final float[] memory;
  private final List<Double> losses = new ArrayList<>();
  private long steps;

  /** Takes what there is to train on, longest first, then by content. */
  PlainLoop(TrainingSettings settings, ObjectiveDescription description, Sample sample) {
    this.settings = settings;
    List<Sequence> ordered = new ArrayList<>(sample.sequences());
    ordered.sort(
        Comparator.comparing(Sequence::length).reversed().thenComparing(Sequence::contentHash));
    sequences = new SequenceSet(sample.schema(), ordered);
    RandomKey key = RandomKey.ofSeed(settings.seed()).child("parameters");
    traversal =
        new Traversal(
            description, settings.backend(), description.build().layout().initialize(key));
    int slots = settings.optimizer().optimizer().slots();
    memory = new float[slots * traversal.parameters().values().length];
  }

  /** The parameters after all epochs. */
  float[] run() {
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      RandomKey key =
          RandomKey.ofSeed(settings.seed()).child("epoch").child(epoch).child(0); // of shard 0
      int[][] batches =
          Batcher.shuffled(sequences.lengths(), settings.batchSize(), key.child("order"));
      LossSum epochLoss = LossSum.ZERO;
      for (int b = 0; b < batches.length; b++) {
        RandomKey randomness = key.child("batch").child(b);
        LossSum loss = traversal.lossAndGradient(sequences.gather(batches[b]), randomness);
        epochLoss = epochLoss.plus(loss);
        if (loss.weight() > 0) {
          step(loss.weight(), epoch + b / (double) batches.length);
        }
      }
      losses.add(epochLoss.mean());
    }
    return traversal.parameters().values();
  }

  private void step(double weight, double progress) {
    OptimizerSettings optimizer = settings.optimizer();
    steps++;
    double scale = 1 / weight;
    if (optimizer.clipNorm() > 0) {
      double norm = Math.sqrt(traversal.gradient().squaredNorm()) * scale;
      scale *= norm > optimizer.clipNorm() ? optimizer.clipNorm() / (norm + 1e-6) : 1;
    }
    double rate = optimizer.schedule().at(progress);
    optimizer
        .optimizer()
        .step(
            new Optimizer.StepSize(rate, scale, optimizer.weightDecay(), steps),
            traversal.parameters().values(),
            traversal.gradient(),
            memory);
  }

  /** The optimizer's memory after all epochs. */
  float[] memory() {
    return memory;
  }

  /** The mean loss of each epoch, measured while parameters changed. */
  List<Double> losses() {
    return losses;
  }

  /** Steps taken. */
  long steps() {
    return steps;
  }
}
