package io.sparkrnn.ml;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.spark.SparkCluster;
import io.sparkrnn.spark.SparkShards;
import io.sparkrnn.training.ObjectiveFactory;
import io.sparkrnn.training.Shards;
import io.sparkrnn.training.Trainer;
import io.sparkrnn.training.TrainingListener;
import io.sparkrnn.training.TrainingResult;
import io.sparkrnn.training.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rounds over shards, with a history and a provenance of what went on.
 *
 * @param context where the shards are
 * @param training its course
 * @param listener hears of each epoch
 */
record NetworkTraining(
    JavaSparkContext context, TrainingSettings training, TrainingListener listener) {

  private static final Logger LOG = LoggerFactory.getLogger(NetworkTraining.class);

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
    List<String> history = new ArrayList<>();
    TrainingListener recording =
        record -> {
          history.add(TrainingSummary.line(record));
          if (record.dropped() > 0) {
            LOG.warn(
                "epoch {}: {} shard results were not finite and were left out of the average",
                record.epoch(),
                record.dropped());
          }
          listener.epochEnded(record);
        };
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
          new Trainer<>(training, objective, cluster, recording)
              .fit(train, validation.map(shards -> (Shards<SequenceBatch>) shards));
      ObjectNode provenance = provenance(description.summary(), train, validation, result);
      return new Trained(result.parameters(), new TrainingSummary(history, provenance.toString()));
    }
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
}
