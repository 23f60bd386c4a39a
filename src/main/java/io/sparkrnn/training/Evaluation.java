package io.sparkrnn.training;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.objective.Objective;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.Parameters;
import java.util.List;

/**
 * Scores of parameters on shards, merged in shard order.
 *
 * @param description builds the objective on executors
 * @param backend resolved name of the arithmetic
 * @param batchSize sequences at a time
 * @param <B> a batch
 */
public record Evaluation<B>(ObjectiveFactory<B> description, String backend, int batchSize)
    implements Cluster.ShardFunction<B, Metrics> {

  /** Sequences at a time, where nothing else is asked for. */
  public static final int BATCH = 256;

  @Override
  public Metrics apply(float[] parameters, Shard<B> shard) {
    Objective<B> objective = description.build();
    Metrics metrics = objective.nothing();
    try (Pass pass =
        new Pass(
            new Parameters(objective.layout(), parameters),
            Gradient.none(objective.layout()),
            Backend.gemm(backend))) {
      pass.begin(Pass.Mode.INFERENCE, RandomKey.ofSeed(0));
      for (int[] items : shard.batchesInOrder(batchSize)) {
        metrics = metrics.plus(objective.evaluate(shard.batch(items), pass));
      }
    }
    return metrics;
  }

  /** Scores on all shards together. */
  public Metrics on(Cluster cluster, float[] parameters, Shards<B> shards, String label) {
    List<Metrics> parts = cluster.map(this, parameters, shards, label);
    return parts.stream().reduce(Metrics::plus).orElseGet(() -> description.build().nothing());
  }
}
