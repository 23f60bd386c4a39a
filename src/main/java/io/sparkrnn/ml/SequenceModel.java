package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.math.Rows;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.spark.SparkCluster;
import io.sparkrnn.spark.SparkShards;
import io.sparkrnn.training.Evaluation;
import io.sparkrnn.training.ObjectiveFactory;
import io.sparkrnn.training.TrainingSettings;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A trained network over sequences: appends predictions to a DataFrame, scores one, and is written
 * as a model folder.
 *
 * @param <M> the model itself
 */
public abstract class SequenceModel<M extends SequenceModel<M>> extends SettingModel<M> {
  private static final long serialVersionUID = 1L;

  private final ModelContent content;
  private final SinglePrediction single;

  SequenceModel(String uid, ModelContent content) {
    super(uid);
    this.content = content;
    this.single = new SinglePrediction(content);
  }

  abstract M with(ModelContent same);

  /** The classes in the order of probabilities; empty for a regression. */
  public List<String> labels() {
    return content.encoding().targets().labels().knownTerms();
  }

  /** How the model came about. */
  public TrainingSummary summary() {
    return content.summary();
  }

  /** One line about the network. */
  public String description() {
    return content.network().summary();
  }

  /** Names and shapes of the parameters. */
  public List<String> parameterNames() {
    return layout().entries().stream().map(ParameterLayout.Entry::name).toList();
  }

  /** One tensor as Spark's matrix; a vector is one row. */
  public Matrix parameter(String name) {
    Rows rows = new Parameters(layout(), content.parameters()).rows(name);
    double[] columnMajor = new double[rows.count() * rows.width()];
    for (int i = 0; i < rows.count(); i++) {
      for (int j = 0; j < rows.width(); j++) {
        columnMajor[j * rows.count() + i] = rows.get(i, j);
      }
    }
    return new DenseMatrix(rows.count(), rows.width(), columnMajor);
  }

  ModelContent content() {
    return content;
  }

  /** Takes what is wanted of the outputs for one sequence. */
  final <T> T single(List<?> steps, Function<Rows, T> taking) {
    return single.of(steps, values(), taking);
  }

  /** Sets the column of sequences. */
  public M setFeaturesCol(String value) {
    return set(ColumnSettings.FEATURES, value);
  }

  /** Sets the column that predictions are written to. */
  public M setPredictionCol(String value) {
    return set(ColumnSettings.PREDICTION, value);
  }

  /** Sets what happens to rows that cannot be used: error, skip or keep. */
  public M setHandleInvalid(String value) {
    return set(ColumnSettings.HANDLE_INVALID, value);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType output = transformSchema(dataset.schema(), true);
    ColumnSettings columns = ColumnSettings.from(values());
    ExampleReader reader = reader(dataset.schema(), columns);
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    Broadcast<ModelContent> broadcast = context.broadcast(content);
    String backend = TrainingSettings.backend(values());
    Prediction prediction =
        new Prediction(broadcast, reader, outputColumns(), columns.invalid(), backend);
    return ColumnMetadata.noted(
        dataset.toDF().mapPartitions(prediction, Encoders.row(output)), output);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    ColumnSettings columns = ColumnSettings.from(values());
    reader(schema, columns);
    return outputColumns().appendTo(schema);
  }

  private ExampleReader reader(StructType schema, ColumnSettings columns) {
    Encoding encoding = content.encoding();
    return ExampleReader.unlabelled(schema, columns, encoding.targets().kind()).matching(encoding);
  }

  /**
   * Scores the model on a DataFrame with targets.
   *
   * @throws DataException if rows cannot be used and may not be skipped, or there are none
   */
  public Metrics evaluate(Dataset<?> dataset) {
    ColumnSettings columns = ColumnSettings.from(values()).withoutValidation();
    Encoding encoding = content.encoding();
    ExampleReader reader =
        ExampleReader.labelled(dataset.schema(), columns, encoding.targets().kind())
            .matching(encoding);
    JavaRDD<Row> rows = dataset.toDF().javaRDD();
    Survey.of(rows, reader).require(columns, "evaluate");
    JavaRDD<Sequence> sequences =
        rows.flatMap(row -> reader.read(row).example().stream().iterator()).map(encoding::encode);
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    int partitions = content.summary().partitions();
    ObjectiveFactory<SequenceBatch> objective = content.objective();
    String backend = TrainingSettings.backend(values());
    try (SparkShards shards =
            SparkShards.of("rows to evaluate", encoding.schema(), sequences, partitions);
        SparkCluster cluster = new SparkCluster(context)) {
      return new Evaluation<>(objective, backend, Evaluation.BATCH)
          .on(cluster, content.parameters(), shards, "evaluation");
    }
  }

  @Override
  M same() {
    return with(content);
  }

  @Override
  public MLWriter write() {
    return new ModelFolder.Writer(this);
  }

  private ParameterLayout layout() {
    return content.network().build().layout();
  }

  private OutputColumns outputColumns() {
    TargetEncoding targets = content.encoding().targets();
    return OutputColumns.of(
        ColumnSettings.from(values()), targets.kind(), targets.numeric(), targets.outputs() == 1);
  }
}
