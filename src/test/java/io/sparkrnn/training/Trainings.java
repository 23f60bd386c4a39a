package io.sparkrnn.training;

import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.testing.Sample;
import java.util.List;
import java.util.Optional;

/** Trainings on a local cluster of a few threads. */
final class Trainings {
  private Trainings() {}

  /** Trains on shards without validation. */
  static <B> TrainingResult fit(
      TrainingSettings settings, ObjectiveFactory<B> objective, Shards<B> shards, int threads) {
    try (LocalCluster cluster = new LocalCluster(threads)) {
      return new Trainer<>(settings, objective, cluster, TrainingListener.NONE)
          .fit(shards, Optional.empty());
    }
  }

  /** Trains θ of some size on points. */
  static TrainingResult fit(TrainingSettings settings, int size, LocalShards<List<Point>> shards) {
    return fit(settings, () -> new PointObjective(size), shards, 2);
  }

  /** Trains on a sample dealt to P shards. */
  static TrainingResult fit(
      TrainingSettings settings, ObjectiveDescription description, Sample sample, int shards) {
    return fit(settings, description::build, sample.shards(shards), 2);
  }
}
