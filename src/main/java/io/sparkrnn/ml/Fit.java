package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.setting.Values;
import io.sparkrnn.spark.SparkShards;
import io.sparkrnn.training.TrainingListener;
import io.sparkrnn.training.TrainingSettings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** One training: rows → survey → encoding → shards → rounds → content of a model. */
final class Fit {

  private final Values values;
  private final ColumnSettings columns;
  private final TargetKind kind;
  private final String backend;
  private final TrainingListener listener;

  Fit(Values values, TargetKind kind, String backend, TrainingListener listener) {
    this.values = values;
    this.columns = ColumnSettings.from(values);
    this.kind = kind;
    this.backend = backend;
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
    ObjectiveDescription objective =
        ModelContent.description(encoding, network, classWeights(encoding, survey));
    NetworkTraining rounds = NetworkTraining.of(context, values, backend, listener);
    rounds.requireMemory(objective, train, encoding.schema());
    NetworkTraining.Trained trained = rounds.on(objective, train, validation);
    TrainingSummary summary = trained.summary().withInvalidRows(survey.invalid());
    return new ModelContent(encoding, network, trained.parameters(), summary);
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
      double total =
          survey.labels().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add).doubleValue();
      for (int c = 0; c < classes; c++) {
        double occurrences =
            survey.labels().getOrDefault(encoding.targets().label(c), BigDecimal.ONE).doubleValue();
        double balanced = occurrences == 0 ? 0 : total / (classes * occurrences);
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
}
