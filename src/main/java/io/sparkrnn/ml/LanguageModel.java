package io.sparkrnn.ml;

import io.sparkrnn.metric.LanguageMetrics;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.objective.LanguageModellingDescription;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.spark.SparkCluster;
import io.sparkrnn.spark.SparkShards;
import io.sparkrnn.training.Evaluation;
import io.sparkrnn.training.StreamShard;
import io.sparkrnn.training.TrainingSettings;
import java.util.List;
import java.util.Map;
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
 * A language model. As a transformer it scores documents: ln p, perplexity, and the surprise of
 * each token, all in nats, which marks what is unusual, in logs for example. {@link #generator}
 * writes text.
 */
public final class LanguageModel extends SettingModel<LanguageModel> {
  private static final long serialVersionUID = 1L;

  private final LanguageContent content;

  LanguageModel(String uid, LanguageContent content) {
    super(uid);
    this.content = content;
  }

  /** Reads a model written by {@code write()}. */
  public static MLReader<LanguageModel> read() {
    return new LanguageFolder.Reader();
  }

  /** Reads a model from its folder. */
  public static LanguageModel load(String path) {
    return read().load(path);
  }

  @Override
  public Settings settings() {
    return LanguageModeler.SETTINGS;
  }

  /** How the model came about. */
  public TrainingSummary summary() {
    return content.summary();
  }

  /** One line about the network. */
  public String description() {
    return content.network().summary();
  }

  /** Writes text. */
  public TextGenerator generator() {
    return new TextGenerator(content.encoding(), content.network(), content.parameters());
  }

  LanguageContent content() {
    return content;
  }

  /** Sets the column of documents. */
  public LanguageModel setFeaturesCol(String value) {
    return set(ColumnSettings.FEATURES, value);
  }

  /** Sets the column for −ln p of each token. */
  public LanguageModel setSurpriseCol(String value) {
    return set(LanguageColumns.SURPRISE, value);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType output = transformSchema(dataset.schema(), true);
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    Broadcast<LanguageContent> broadcast = context.broadcast(content);
    LanguageColumns columns = LanguageColumns.from(values());
    String backend = TrainingSettings.backend(values());
    LanguageScoring scoring =
        new LanguageScoring(broadcast, reader(dataset.schema()), columns, backend);
    return ColumnMetadata.noted(
        dataset.toDF().mapPartitions(scoring, Encoders.row(output)), output);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    reader(schema);
    return LanguageScoring.schema(schema, LanguageColumns.from(values()));
  }

  /**
   * Scores the model on documents, each read as a whole with the state carried from its beginning
   * to its end.
   *
   * @throws io.sparkrnn.error.DataException if rows cannot be used and may not be skipped, or there
   *     are none
   */
  public LanguageMetrics evaluate(Dataset<?> dataset) {
    DocumentReader reader = reader(dataset.schema());
    LanguageEncoding encoding = content.encoding();
    JavaRDD<Row> rows = dataset.toDF().javaRDD();
    DocumentSurvey.of(rows, reader)
        .require(withoutIndicator(LanguageColumns.from(values())), "evaluate");
    JavaRDD<Sequence> documents =
        rows.flatMap(
            row ->
                reader.read(row).document().stream()
                    .flatMap(
                        document ->
                            encoding.encode(document.tokens(), Integer.MAX_VALUE, 0).stream())
                    .iterator());
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    int partitions = content.summary().partitions();
    String backend = TrainingSettings.backend(values());
    try (SparkShards shards =
            SparkShards.of(
                "documents to evaluate",
                LanguageModellingDescription.columns(),
                documents,
                partitions,
                StreamShard.form(LanguageFit.SCORED_SEGMENT, LanguageFit.SCORED_LANES));
        SparkCluster cluster = new SparkCluster(context)) {
      Metrics metrics =
          new Evaluation<>(content.objective(), backend, LanguageFit.SCORED_LANES)
              .on(cluster, content.parameters(), shards, "evaluation");
      return (LanguageMetrics) metrics;
    }
  }

  /**
   * Scores of counting alone: n-grams of the same tokens, interpolated.
   *
   * @param training documents that are counted; none of them should only validate
   * @param test documents that are scored
   * @return scores by the name of the order
   */
  public Map<String, LanguageMetrics> baselines(Dataset<?> training, Dataset<?> test) {
    return new NGramBaselines(content.encoding()).score(documents(training), documents(test));
  }

  private JavaRDD<List<String>> documents(Dataset<?> dataset) {
    DocumentReader reader = reader(dataset.schema());
    return dataset
        .toDF()
        .javaRDD()
        .flatMap(
            row ->
                reader.read(row).document().stream()
                    .map(DocumentReader.Document::tokens)
                    .iterator());
  }

  @Override
  LanguageModel same() {
    return new LanguageModel(uid(), content);
  }

  @Override
  public MLWriter write() {
    return new LanguageFolder.Writer(this);
  }

  private DocumentReader reader(StructType schema) {
    LanguageColumns columns = LanguageColumns.from(values());
    LanguageEncoding encoding = content.encoding();
    return DocumentReader.of(
        schema, withoutIndicator(columns), encoding.tokens(), encoding.boundaries());
  }

  private static LanguageColumns withoutIndicator(LanguageColumns columns) {
    return new LanguageColumns(
        columns.document(),
        "",
        columns.id(),
        columns.invalid(),
        columns.logProbability(),
        columns.perplexity(),
        columns.surprise());
  }
}
