package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.network.DecoderSettings;
import io.sparkrnn.network.EncoderDecoderDescription;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.objective.BatchFootprint;
import io.sparkrnn.objective.TranslationDescription;
import io.sparkrnn.search.SearchSettings;
import io.sparkrnn.setting.Values;
import io.sparkrnn.spark.SparkShards;
import io.sparkrnn.training.TrainingListener;
import io.sparkrnn.training.TrainingSettings;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * One training of a translator: rows → survey → vocabularies → shards of joint sequences → rounds →
 * content of a model. Validation scores are those of greedy search.
 *
 * @param values of all settings
 * @param backend resolved name of the arithmetic
 * @param listener hears of each epoch
 */
record TranslationFit(Values values, String backend, TrainingListener listener) {

  /** Trains on a DataFrame. */
  TranslationContent on(Dataset<?> dataset) {
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

  private TranslationContent train(
      JavaSparkContext context, Dataset<?> dataset, JavaRDD<Row> rows) {
    ColumnSettings columns = ColumnSettings.from(values);
    ExampleReader reader = ExampleReader.labelled(dataset.schema(), columns, TargetKind.TOKENS);
    context.sc().setJobDescription("looking at the data");
    Survey survey = Survey.of(rows, reader);
    survey.require(columns, "train on");
    TranslationEncoding encoding = encoding(reader, rows, survey);
    EncoderDecoderDescription network =
        encoding.network(NetworkSettings.from(values), DecoderSettings.from(values));
    int partitions = values.get(TrainingSettings.PARTITIONS);
    int count = partitions > 0 ? partitions : context.defaultParallelism();
    context.sc().setJobDescription("dealing pairs to %d shards".formatted(count));
    JavaRDD<Translated> train = examples(rows, reader, false).map(Translated::of);
    try (SparkShards shards = shards("training shards", encoding, train, count)) {
      Optional<SparkShards> validation = validation(columns, survey, encoding, reader, rows, count);
      try {
        context.sc().setJobDescription(null);
        double sourceShare = (double) survey.steps() / shards.steps();
        return run(context, encoding, network, shards, validation, sourceShare)
            .withInvalidRows(survey.invalid());
      } finally {
        validation.ifPresent(SparkShards::close);
      }
    }
  }

  private TranslationEncoding encoding(ExampleReader reader, JavaRDD<Row> rows, Survey survey) {
    Encoding encoding =
        new EncodingFit(reader, FeatureSettings.from(values), TargetKind.TOKENS)
            .fit(rows, survey, false);
    return DecoderSettings.from(values).sharedVocabulary()
        ? TranslationEncoding.shared(encoding)
        : new TranslationEncoding(encoding);
  }

  private TranslationContent run(
      JavaSparkContext context,
      TranslationEncoding encoding,
      EncoderDecoderDescription network,
      SparkShards train,
      Optional<SparkShards> validation,
      double sourceShare) {
    TranslationDescription description =
        new TranslationDescription(
            network,
            encoding.columns(),
            values.get(TranslationSettings.LABEL_SMOOTHING),
            SearchSettings.GREEDY);
    NetworkTraining rounds = NetworkTraining.of(context, values, backend, listener);
    rounds.requireMemory(
        description,
        train,
        objective ->
            BatchFootprint.ofPairs(objective, encoding.schema(), encoding.boundary(), sourceShare),
        MemoryEstimate.Shortening.SEQUENCES);
    NetworkTraining.Trained trained = rounds.on(description, train, validation);
    return new TranslationContent(encoding, network, trained.parameters(), trained.summary());
  }

  private static Optional<SparkShards> validation(
      ColumnSettings columns,
      Survey survey,
      TranslationEncoding encoding,
      ExampleReader reader,
      JavaRDD<Row> rows,
      int count) {
    if (columns.validationIndicator().isEmpty()) {
      return Optional.empty();
    }
    if (survey.validation() == 0) {
      throw new DataException(
          "column %s marks no row for validation".formatted(columns.validationIndicator()));
    }
    JavaRDD<Translated> pairs = Translated.together(examples(rows, reader, true));
    return Optional.of(shards("validation shards", encoding, pairs, count));
  }

  private static JavaRDD<Example> examples(
      JavaRDD<Row> rows, ExampleReader reader, boolean validation) {
    return rows.flatMap(row -> reader.read(row).example().stream().iterator())
        .filter(example -> example.validation() == validation);
  }

  /** Shards of joint sequences. */
  static SparkShards shards(
      String name, TranslationEncoding encoding, JavaRDD<Translated> pairs, int count) {
    return SparkShards.of(name, encoding.schema(), pairs.map(encoding::encode), count);
  }
}
