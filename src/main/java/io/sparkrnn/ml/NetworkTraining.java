package io.sparkrnn.ml;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.objective.BatchFootprint;
import io.sparkrnn.objective.Objective;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.setting.Values;
import io.sparkrnn.spark.SparkCluster;
import io.sparkrnn.spark.SparkShards;
import io.sparkrnn.spark.TaskMemory;
import io.sparkrnn.training.Checkpoints;
import io.sparkrnn.training.EpochRecord;
import io.sparkrnn.training.ObjectiveFactory;
import io.sparkrnn.training.Shards;
import io.sparkrnn.training.Trainer;
import io.sparkrnn.training.TrainingListener;
import io.sparkrnn.training.TrainingProgress;
import io.sparkrnn.training.TrainingResult;
import io.sparkrnn.training.TrainingSettings;
import io.sparkrnn.training.TrainingState;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rounds over shards, with a history and a provenance of what went on.
 *
 * @param context where the shards are
 * @param training its course
 * @param checkpoints of it
 * @param listener hears of each epoch
 */
record NetworkTraining(
    JavaSparkContext context,
    TrainingSettings training,
    Checkpoints.Plan checkpoints,
    TrainingListener listener) {

  private static final Logger LOG = LoggerFactory.getLogger(NetworkTraining.class);

  /**
   * A training as an estimator's settings want it.
   *
   * @param backend resolved name of the arithmetic
   */
  static NetworkTraining of(
      JavaSparkContext context, Values values, String backend, TrainingListener listener) {
    return new NetworkTraining(
        context,
        TrainingSettings.from(values, backend),
        CheckpointPlans.of(context, values, backend),
        listener);
  }

  /**
   * What came out.
   *
   * @param parameters of the best epoch
   * @param summary of the training
   */
  @SuppressWarnings("ArrayRecordComponent") // parameters are one array throughout
  record Trained(float[] parameters, TrainingSummary summary) {}

  /** Trains on shards. */
  Trained on(
      ObjectiveDescription description, SparkShards train, Optional<SparkShards> validation) {
    warnOfIdleShards(train);
    ObjectiveFactory<SequenceBatch> objective = ModelContent.factory(description);
    LOG.info(
        "training {} with {} parameters on {} sequences ({} time steps) in {} shards, arithmetic {}",
        description.summary(),
        objective.build().layout().size(),
        train.items(),
        train.steps(),
        train.count(),
        training.backend());
    try (SparkCluster cluster = new SparkCluster(context)) {
      TrainingResult result =
          new Trainer<>(training, objective, cluster, new Logging(listener), checkpoints)
              .fit(train, validation.map(shards -> (Shards<SequenceBatch>) shards));
      List<String> history = result.history().stream().map(TrainingSummary::line).toList();
      ObjectNode provenance = provenance(description.summary(), train, validation, result);
      return new Trained(result.parameters(), new TrainingSummary(history, provenance.toString()));
    }
  }

  /**
   * Accepts shards whose mini-batches fit into the memory of tasks.
   *
   * @param schema of the batches
   */
  void requireMemory(ObjectiveDescription description, SparkShards train, List<Column> schema) {
    requireMemory(
        description,
        train,
        objective -> BatchFootprint.of(objective, schema),
        MemoryEstimate.Shortening.SEQUENCES);
  }

  /**
   * The same with a footprint of another kind.
   *
   * @param footprint is taken when the parameters are known to fit
   */
  void requireMemory(
      ObjectiveDescription description,
      SparkShards train,
      Function<Objective<SequenceBatch>, BatchFootprint> footprint,
      MemoryEstimate.Shortening shortening) {
    SparkShards.LargestBatch largest = train.largestBatch(training.batchSize());
    if (largest.sequences() == 0) {
      return;
    }
    Objective<SequenceBatch> objective = description.build();
    MemoryEstimate estimate =
        new MemoryEstimate(
            BatchFootprint.NONE,
            objective.layout().size(),
            training.optimizer().optimizer().slots(),
            TaskMemory.of(context));
    estimate.requireParameters();
    estimate.of(footprint.apply(objective)).require(largest, shortening);
  }

  private static void warnOfIdleShards(SparkShards train) {
    long idle = train.infos().stream().filter(info -> info.items() == 0).count();
    if (idle > 0) {
      LOG.warn(
          "{} of {} shards are empty: there are only {} sequences; fewer training.partitions would do",
          idle,
          train.count(),
          train.items());
    }
  }

  private ObjectNode provenance(
      String network, SparkShards train, Optional<SparkShards> validation, TrainingResult result) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("network", network);
    node.put("parameters", result.parameters().length);
    node.put("seed", training.seed());
    node.put("partitions", train.count());
    node.put("sequences", train.items());
    node.put("timeSteps", train.steps());
    validation.ifPresent(shards -> node.put("validationSequences", shards.items()));
    node.put("bestEpoch", result.bestEpoch());
    node.put("epochs", result.history().size());
    node.set("versions", versions(training.backend()));
    return node;
  }

  /** Versions that a result depends on. */
  static ObjectNode versions(String backend) {
    ObjectNode versions = new ObjectMapper().createObjectNode();
    versions.put("spark-rnn", Version.CURRENT);
    versions.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    versions.put("java", System.getProperty("java.version"));
    versions.put("scala", scala.util.Properties.versionNumberString());
    versions.put("backend", backend);
    return versions;
  }

  /**
   * Writes to the log what a person should know of a training that goes on.
   *
   * @param listener hears the same
   */
  private record Logging(TrainingListener listener) implements TrainingListener {
    @Override
    public void averaged(TrainingState state) {
      listener.averaged(state);
    }

    @Override
    public void epochEnded(EpochRecord record) {
      if (record.dropped() > 0) {
        LOG.warn(
            "epoch {}: {} shard results were not finite and were left out of the average",
            record.epoch(),
            record.dropped());
      }
      listener.epochEnded(record);
    }

    @Override
    public void resumed(TrainingProgress progress) {
      LOG.info(
          "training goes on from a checkpoint: {} epochs and {} rounds of the next are done",
          progress.state().epoch(),
          progress.state().round());
      listener.resumed(progress);
    }

    @Override
    public void warned(String message) {
      LOG.warn("{}", message);
      listener.warned(message);
    }
  }
}
