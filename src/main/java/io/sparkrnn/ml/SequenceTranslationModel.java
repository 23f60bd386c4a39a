package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.objective.TranslationDescription;
import io.sparkrnn.search.SearchSettings;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import io.sparkrnn.spark.SparkCluster;
import io.sparkrnn.spark.SparkShards;
import io.sparkrnn.training.Evaluation;
import io.sparkrnn.training.TrainingSettings;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Translates sequences: appends the tokens that its search finds, their score, and other
 * hypotheses. The search may be set anew on a trained model.
 */
public final class SequenceTranslationModel extends SettingModel<SequenceTranslationModel> {
  private static final long serialVersionUID = 1L;

  private final TranslationContent content;

  SequenceTranslationModel(String uid, TranslationContent content) {
    super(uid);
    this.content = content;
  }

  /** Reads a model written by {@code write()}. */
  public static MLReader<SequenceTranslationModel> read() {
    return new TranslationFolder.Reader();
  }

  /** Reads a model from its folder. */
  public static SequenceTranslationModel load(String path) {
    return read().load(path);
  }

  @Override
  public Settings settings() {
    return SequenceTranslator.SETTINGS;
  }

  /** How the model came about. */
  public TrainingSummary summary() {
    return content.summary();
  }

  /** One line about the network. */
  public String description() {
    return content.network().summary();
  }

  /** Number of parameters. */
  public int size() {
    return content.parameters().length;
  }

  /** Target tokens in the order of their ids. */
  public List<String> vocabulary() {
    return content.encoding().vocabulary().knownTerms();
  }

  TranslationContent content() {
    return content;
  }

  /** Sets the width of the beam; 1 for greedy search. */
  public SequenceTranslationModel setBeam(int value) {
    return set(SearchSettings.BEAM, value);
  }

  /** Sets the hypotheses given. */
  public SequenceTranslationModel setBest(int value) {
    return set(SearchSettings.BEST, value);
  }

  /** Sets the normalisation for length. */
  public SequenceTranslationModel setLengthPenalty(double value) {
    return set(SearchSettings.LENGTH_PENALTY, value);
  }

  /** Sets the column of the best hypotheses. */
  public SequenceTranslationModel setHypothesesCol(String value) {
    return set(TranslationSettings.HYPOTHESES, value);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType output = transformSchema(dataset.schema(), true);
    Values values = values();
    ColumnSettings columns = ColumnSettings.from(values);
    Broadcast<TranslationContent> broadcast =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext()).broadcast(content);
    TranslationRows rows =
        new TranslationRows(
            broadcast,
            reader(dataset.schema(), columns, false),
            TranslationColumns.of(values),
            SearchSettings.from(values),
            columns.invalid(),
            TrainingSettings.backend(values));
    return ColumnMetadata.noted(dataset.toDF().mapPartitions(rows, Encoders.row(output)), output);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Values values = values();
    SearchSettings.from(values);
    reader(schema, ColumnSettings.from(values), false);
    return TranslationColumns.of(values).appendTo(schema);
  }

  private ExampleReader reader(StructType schema, ColumnSettings columns, boolean labelled) {
    ExampleReader reader =
        labelled
            ? ExampleReader.labelled(schema, columns, TargetKind.TOKENS)
            : ExampleReader.unlabelled(schema, columns, TargetKind.TOKENS);
    return reader.matching(content.encoding().encoding());
  }

  /**
   * Scores the model on a DataFrame with targets; rows of equal sources are references of one
   * another.
   *
   * @throws DataException if rows cannot be used and may not be skipped, or there are none
   */
  public Metrics evaluate(Dataset<?> dataset) {
    Values values = values();
    ColumnSettings columns = ColumnSettings.from(values).withoutValidation();
    ExampleReader reader = reader(dataset.schema(), columns, true);
    JavaRDD<Row> rows = dataset.toDF().javaRDD();
    Survey.of(rows, reader).require(columns, "evaluate");
    JavaRDD<Translated> pairs =
        Translated.together(rows.flatMap(row -> reader.read(row).example().stream().iterator()));
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    int partitions = content.summary().partitions();
    TranslationDescription description = content.description(SearchSettings.from(values));
    try (SparkShards shards =
            TranslationFit.shards("rows to evaluate", content.encoding(), pairs, partitions);
        SparkCluster cluster = new SparkCluster(context)) {
      return new Evaluation<>(
              ModelContent.factory(description), TrainingSettings.backend(values), Evaluation.BATCH)
          .on(cluster, content.parameters(), shards, "evaluation");
    }
  }

  /**
   * Translates few rows with targets, on the driver, and tells how the decoder looked at them. Rows
   * of equal sources are one example.
   *
   * @return in the order of the sources' first rows
   */
  public List<TranslationExample> examples(Dataset<Row> rows) {
    Values values = values();
    ColumnSettings columns = ColumnSettings.from(values).withoutValidation();
    ExampleReader reader = reader(rows.schema(), columns, true);
    List<Example> read =
        rows.collectAsList().stream().flatMap(row -> reader.read(row).example().stream()).toList();
    return new ExampleTranslation(
            content, SearchSettings.from(values), TrainingSettings.backend(values))
        .of(read);
  }

  @Override
  SequenceTranslationModel same() {
    return new SequenceTranslationModel(uid(), content);
  }

  @Override
  public MLWriter write() {
    return new TranslationFolder.Writer(this);
  }
}
