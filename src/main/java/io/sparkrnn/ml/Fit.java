package io.sparkrnn.ml;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.setting.Values;
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
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One training: rows → survey → encoding → shards → rounds → content of a model. */
final class Fit {

  private static final Logger LOG = LoggerFactory.getLogger(Fit.class);

  private final Values values;
  private final ColumnSettings columns;
  private final TargetKind kind;
  private final TrainingSettings training;
  private final TrainingListener listener;

  Fit(Values values, TargetKind kind, String backend, TrainingListener listener) {
    this.values = values;
    this.columns = ColumnSettings.from(values);
    this.kind = kind;
    this.training = TrainingSettings.from(values, backend);
    this.listener = listener;
  }

  /** Trains on a DataFrame. */
  ModelContent on(Dataset<?> dataset) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    boolean cache = dataset.storageLevel().equals(StorageLevel.NONE());
    JavaRDD<Row> rows = dataset.toDF().javaRDD();
    if (cache) {
      rows.setName("rows to train on").persist(StorageLevel.MEMORY_AND_DISK_SER());
    }
    try {
      return train(context, dataset, rows);
    } finally {
      context.sc().setJobDescription(null);
      if (cache) {
        rows.unpersist(false);
      }
    }
  }

  private ModelContent train(JavaSparkContext context, Dataset<?> dataset, JavaRDD<Row> rows) {
    ExampleReader reader = ExampleReader.labelled(dataset.schema(), columns, kind);
    context.sc().setJobDescription("looking at the data");
    Survey survey = Survey.of(rows, reader);
    survey.require(columns, "train on");
    if (survey.invalid() > 0) {
      LOG.warn("{} rows cannot be used and are left out", survey.invalid());
    }
    boolean numeric =
        kind != TargetKind.STEP_VALUES
            && ExampleReader.numericLabels(dataset.schema(), columns.label(), kind);
    Encoding encoding =
        new EncodingFit(reader, FeatureSettings.from(values), kind).fit(rows, survey, numeric);
    NetworkDescription network = network(encoding);
    int partitions = values.get(TrainingSettings.PARTITIONS);
    int count = partitions > 0 ? partitions : context.defaultParallelism();
    context.sc().setJobDescription("dealing sequences to %d shards".formatted(count));
    try (SparkShards train =
        SparkShards.of(
            "training shards", encoding.schema(), encoded(rows, reader, encoding, false), count)) {
      context.sc().setJobDescription(null);
      warnOfIdleShards(train);
      Optional<SparkShards> validation =
          columns.validationIndicator().isEmpty()
              ? Optional.empty()
              : Optional.of(validationShards(survey, rows, reader, encoding, count));
      try {
        return run(context, encoding, network, train, validation, survey);
      } finally {
        validation.ifPresent(SparkShards::close);
      }
    }
  }

  private ModelContent run(
      JavaSparkContext context,
      Encoding encoding,
      NetworkDescription network,
      SparkShards train,
      Optional<SparkShards> validation,
      Survey survey) {
    ObjectiveFactory<SequenceBatch> objective =
        ModelContent.factory(
            ModelContent.description(encoding, network, classWeights(encoding, survey)));
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
        network.summary(),
        objective.build().layout().size(),
        train.items(),
        train.steps(),
        train.count(),
        training.backend());
    try (SparkCluster cluster = new SparkCluster(context)) {
      TrainingResult result =
          new Trainer<>(training, objective, cluster, recording)
              .fit(train, validation.map(shards -> (Shards<SequenceBatch>) shards));
      ObjectNode provenance = provenance(network, train, validation, result);
      return new ModelContent(
          encoding,
          network,
          result.parameters(),
          new TrainingSummary(history, provenance.toString()));
    }
  }

  private NetworkDescription network(Encoding encoding) {
    NetworkSettings settings = NetworkSettings.from(values);
    return new NetworkDescription(
        encoding.features().inputs(settings.embeddingSizes()),
        settings,
        kind == TargetKind.CLASS
            ? NetworkDescription.Output.SEQUENCE
            : NetworkDescription.Output.STEP,
        encoding.targets().outputs());
  }

  private static JavaRDD<Sequence> encoded(
      JavaRDD<Row> rows, ExampleReader reader, Encoding encoding, boolean validation) {
    return rows.flatMap(row -> reader.read(row).example().stream().iterator())
        .filter(example -> example.validation() == validation)
        .map(encoding::encode);
  }

  private SparkShards validationShards(
      Survey survey, JavaRDD<Row> rows, ExampleReader reader, Encoding encoding, int count) {
    if (survey.validation() == 0) {
      throw new DataException(
          "column %s marks no row for validation".formatted(columns.validationIndicator()));
    }
    return SparkShards.of(
        "validation shards", encoding.schema(), encoded(rows, reader, encoding, true), count);
  }

  private List<Double> classWeights(Encoding encoding, Survey survey) {
    if (kind == TargetKind.STEP_VALUES) {
      return List.of();
    }
    List<String> setting = values.getOrDefault(TrainingSettings.CLASS_WEIGHTS);
    if (setting.equals(List.of("none"))) {
      return List.of();
    }
    int classes = encoding.targets().outputs();
    List<Double> weights = new ArrayList<>();
    boolean softened = setting.equals(List.of("softened"));
    if (softened || setting.equals(List.of("balanced"))) {
      double total = survey.labels().values().stream().mapToLong(Long::longValue).sum();
      for (int c = 0; c < classes; c++) {
        long occurrences = survey.labels().getOrDefault(encoding.targets().label(c), 1L);
        double balanced = total / ((double) classes * occurrences);
        weights.add(softened ? Math.sqrt(balanced) : balanced);
      }
      return weights;
    }
    if (setting.size() != classes) {
      throw new ConfigurationException(
          "training.classWeights: expected none, softened, balanced, or %d numbers for %s, found %d"
              .formatted(classes, encoding.targets().labels().knownTerms(), setting.size()));
    }
    setting.forEach(text -> weights.add(Double.parseDouble(text)));
    return weights;
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
      NetworkDescription network,
      SparkShards train,
      Optional<SparkShards> validation,
      TrainingResult result) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("network", network.summary());
    node.put("parameters", result.parameters().length);
    node.put("seed", training.seed());
    node.put("partitions", train.count());
    node.put("sequences", train.items());
    node.put("timeSteps", train.steps());
    validation.ifPresent(shards -> node.put("validationSequences", shards.items()));
    node.put("bestEpoch", result.bestEpoch());
    node.put("epochs", result.history().size());
    ObjectNode versions = node.putObject("versions");
    versions.put("spark-rnn", Version.CURRENT);
    versions.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    versions.put("java", System.getProperty("java.version"));
    versions.put("scala", scala.util.Properties.versionNumberString());
    versions.put("backend", training.backend());
    return node;
  }
}
