package io.sparkrnn.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.network.LanguageDescription;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.network.SoftmaxSettings;
import io.sparkrnn.objective.BatchFootprint;
import io.sparkrnn.objective.LanguageModellingDescription;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.Vocabulary;
import io.sparkrnn.setting.Values;
import io.sparkrnn.spark.SparkShards;
import io.sparkrnn.training.EpochRecord;
import io.sparkrnn.training.StreamShard;
import io.sparkrnn.training.TrainingListener;
import io.sparkrnn.training.TrainingSettings;
import io.sparkrnn.training.TrainingState;
import java.io.Serializable;
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

/**
 * One training of a language model: rows → survey → vocabulary → streams in the lanes of shards →
 * rounds. A document longer than a lane is cut into lanes. Validation after each epoch reads pieces
 * of documents, each after {@value #VALIDATION_CONTEXT} steps that do not count, so that it has as
 * many lanes; scores of a model read whole documents.
 */
final class LanguageFit {

  /** Steps of a segment where nothing is learnt. */
  static final int SCORED_SEGMENT = 256;

  /** Lanes where nothing is learnt. */
  static final int SCORED_LANES = 32;

  private static final int VALIDATION_CONTEXT = 512;
  private static final Logger LOG = LoggerFactory.getLogger(LanguageFit.class);

  private final Values values;
  private final LanguageColumns columns;
  private final LanguageSettings settings;
  private final TrainingSettings training;
  private final TrainingListener listener;

  LanguageFit(Values values, String backend, TrainingListener listener) {
    this.values = values;
    this.columns = LanguageColumns.from(values);
    this.settings = LanguageSettings.from(values);
    this.training = TrainingSettings.from(values, backend);
    this.listener = listener;
  }

  /** Trains on a DataFrame. */
  LanguageContent on(Dataset<?> dataset) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    boolean cache = dataset.storageLevel().equals(StorageLevel.NONE());
    JavaRDD<Row> rows = dataset.toDF().javaRDD();
    if (cache) {
      rows.setName("documents to train on").persist(StorageLevel.MEMORY_AND_DISK_SER());
    }
    try {
      DocumentReader reader =
          DocumentReader.of(dataset.schema(), columns, settings.tokens(), settings.boundaries());
      return train(context, reader, rows);
    } finally {
      context.sc().setJobDescription(null);
      if (cache) {
        rows.unpersist(false);
      }
    }
  }

  private LanguageContent train(
      JavaSparkContext context, DocumentReader reader, JavaRDD<Row> rows) {
    context.sc().setJobDescription("looking at the documents");
    DocumentSurvey survey = DocumentSurvey.of(rows, reader);
    survey.require(columns, "train on");
    if (survey.invalid() > 0) {
      LOG.warn("{} rows cannot be used and are left out", survey.invalid());
    }
    LanguageEncoding encoding = LanguageEncoding.of(settings, survey.counts());
    LanguageDescription network = network(encoding.vocabulary());
    int partitions = values.get(TrainingSettings.PARTITIONS);
    int count = partitions > 0 ? partitions : context.defaultParallelism();
    context.sc().setJobDescription("dealing documents to %d shards".formatted(count));
    int lane =
        lane(survey.training() + survey.trainingTokens(), (long) count * training.batchSize());
    JavaRDD<Sequence> learnt = encoded(rows, reader, encoding, new Cut(false, lane, 0));
    try (SparkShards train =
        SparkShards.of(
            "training streams",
            LanguageModellingDescription.columns(),
            learnt,
            count,
            StreamShard.form(settings.segment(), training.batchSize()))) {
      Optional<SparkShards> validation =
          columns.validationIndicator().isEmpty()
              ? Optional.empty()
              : Optional.of(validation(survey, rows, reader, encoding, count));
      context.sc().setJobDescription(null);
      try {
        return run(context, encoding, network, train, validation);
      } finally {
        validation.ifPresent(SparkShards::close);
      }
    }
  }

  private LanguageContent run(
      JavaSparkContext context,
      LanguageEncoding encoding,
      LanguageDescription network,
      SparkShards train,
      Optional<SparkShards> validation) {
    Samples samples = new Samples(encoding, network);
    LanguageModellingDescription description =
        new LanguageModellingDescription(network, settings.context());
    NetworkTraining rounds = NetworkTraining.of(context, values, training.backend(), samples);
    rounds.requireMemory(
        description,
        train,
        objective ->
            BatchFootprint.ofStreams(
                objective, LanguageModellingDescription.columns(), encoding.vocabulary().size()),
        MemoryEstimate.Shortening.SEGMENTS);
    NetworkTraining.Trained trained = rounds.on(description, train, validation);
    TrainingSummary summary =
        new TrainingSummary(
            samples.addedTo(trained.summary().history()), trained.summary().provenance());
    return new LanguageContent(encoding, network, trained.parameters(), summary);
  }

  private LanguageDescription network(Vocabulary vocabulary) {
    return new LanguageDescription(
        vocabulary.size(),
        vocabulary.rareFrom(),
        NetworkSettings.from(values),
        SoftmaxSettings.from(values));
  }

  private SparkShards validation(
      DocumentSurvey survey,
      JavaRDD<Row> rows,
      DocumentReader reader,
      LanguageEncoding encoding,
      int count) {
    int lane = lane(survey.validation() + survey.validationTokens(), (long) count * SCORED_LANES);
    return SparkShards.of(
        "validation streams",
        LanguageModellingDescription.columns(),
        encoded(
            rows,
            reader,
            encoding,
            new Cut(true, Math.max(VALIDATION_CONTEXT, lane), VALIDATION_CONTEXT)),
        count,
        StreamShard.form(SCORED_SEGMENT, SCORED_LANES));
  }

  /** Steps that each of so many lanes has. */
  private static int lane(long steps, long lanes) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, (steps + lanes - 1) / lanes));
  }

  /**
   * How documents become streams.
   *
   * @param validation whether those that validate do
   * @param longest steps of a stream at most
   * @param context steps before, which do not count
   */
  private record Cut(boolean validation, int longest, int context) implements Serializable {}

  private static JavaRDD<Sequence> encoded(
      JavaRDD<Row> rows, DocumentReader reader, LanguageEncoding encoding, Cut cut) {
    return rows.flatMap(
        row ->
            reader.read(row).document().stream()
                .filter(document -> document.validation() == cut.validation)
                .flatMap(
                    document ->
                        encoding.encode(document.tokens(), cut.longest, cut.context).stream())
                .iterator());
  }

  /** Draws a sample of text after each epoch. */
  private final class Samples implements TrainingListener {
    private final LanguageEncoding encoding;
    private final LanguageDescription network;
    private final List<String> drawn = new ArrayList<>();

    Samples(LanguageEncoding encoding, LanguageDescription network) {
      this.encoding = encoding;
      this.network = network;
    }

    @Override
    public void averaged(TrainingState state) {
      listener.averaged(state);
      if (settings.sample().length() > 0) {
        drawn.add(
            new TextGenerator(encoding, network, state.parameters())
                .sample(settings.sample(), training.seed()));
      }
    }

    @Override
    public void epochEnded(EpochRecord record) {
      listener.epochEnded(record);
    }

    /** The samples belong to the last epochs of the history. */
    List<String> addedTo(List<String> history) {
      List<String> lines = new ArrayList<>(history);
      int first = lines.size() - drawn.size();
      for (int i = 0; i < drawn.size(); i++) {
        lines.set(first + i, withSample(lines.get(first + i), drawn.get(i)));
      }
      return lines;
    }

    private static String withSample(String line, String sample) {
      try {
        ObjectNode node = (ObjectNode) new ObjectMapper().readTree(line);
        return node.put("sample", sample).toString();
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a history holds JSON, found " + line, e);
      }
    }
  }
}
