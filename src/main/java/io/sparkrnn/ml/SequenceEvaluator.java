package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.metric.ClassificationMetrics;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.metric.RegressionMetrics;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Scores predictions of sequences beside their targets, for {@code CrossValidator} and {@code
 * TrainValidationSplit}: a class a sequence or a label a step, texts or numbers ({@code accuracy,
 * macroF1, weightedF1}); a value or several a step ({@code rmse, mae, r2, mse}). Spark's own
 * evaluators know neither texts nor arrays. Null labels and NaN values of a step are not counted.
 */
public final class SequenceEvaluator extends Evaluator implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private static final List<String> OF_LABELS = List.of("accuracy", "macroF1", "weightedF1");

  /** The score. */
  public static final Setting<String> METRIC =
      Setting.choice(
          "evaluation.metric",
          "metricName",
          "accuracy",
          List.of("accuracy", "macroF1", "weightedF1", "rmse", "mae", "r2", "mse"),
          "score of predictions: of labels the first three, of values the others");

  /** All settings. */
  public static final Settings SETTINGS =
      Settings.of(ColumnSettings.LABEL, ColumnSettings.PREDICTION, METRIC);

  private final String uid;
  private final SettingParams params;

  /** Takes a uid. */
  public SequenceEvaluator(String uid) {
    this.uid = uid;
    this.params = new SettingParams(this, SETTINGS);
  }

  /** Draws a uid. */
  public SequenceEvaluator() {
    this(Identifiable$.MODULE$.randomUID("sequenceEvaluator"));
  }

  /** Reads an evaluator written by {@code write()}. */
  public static MLReader<SequenceEvaluator> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads an evaluator from a folder. */
  public static SequenceEvaluator load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Param<?>[] params() {
    return params.all();
  }

  /** The values of all settings. */
  public Values values() {
    return params.values(this, SETTINGS);
  }

  /** Sets the column of targets. */
  public SequenceEvaluator setLabelCol(String value) {
    params.set(this, ColumnSettings.LABEL, value);
    return this;
  }

  /** Sets the column of predictions. */
  public SequenceEvaluator setPredictionCol(String value) {
    params.set(this, ColumnSettings.PREDICTION, value);
    return this;
  }

  /** Sets the score. */
  public SequenceEvaluator setMetricName(String value) {
    params.set(this, METRIC, value);
    return this;
  }

  @Override
  public boolean isLargerBetter() {
    String name = values().get(METRIC);
    Metrics kind = ofLabels() ? new ClassificationMetrics(1) : new RegressionMetrics(1);
    return kind.higherIsBetter(name);
  }

  /**
   * The score.
   *
   * @throws ConfigurationException if the columns hold no targets and predictions of one form
   * @throws DataException if a row has no target or no prediction, or as many of them differ
   */
  @Override
  public double evaluate(Dataset<?> dataset) {
    return metrics(dataset).value(values().get(METRIC));
  }

  /** All scores of the kind that the metric is of. */
  public Metrics metrics(Dataset<?> dataset) {
    String label = values().get(ColumnSettings.LABEL);
    String prediction = values().get(ColumnSettings.PREDICTION);
    StructType schema = dataset.schema();
    int from = CellReader.index(schema, "columns.label", label);
    int to = CellReader.index(schema, "columns.prediction", prediction);
    Dataset<Row> pairs =
        dataset.toDF().select(quoted(label).as("label"), quoted(prediction).as("prediction"));
    if (ofLabels()) {
      return ofLabels(pairs.javaRDD(), PairedLabels.of(schema.fields()[from], schema.fields()[to]));
    }
    return ofValues(pairs.javaRDD(), PairedValues.of(schema, label, prediction));
  }

  @Override
  public SequenceEvaluator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  private boolean ofLabels() {
    return OF_LABELS.contains(values().get(METRIC));
  }

  private static org.apache.spark.sql.Column quoted(String column) {
    return functions.col("`" + column.replace("`", "``") + "`");
  }

  /** Only counts of pairs of labels reach the driver. */
  private static Metrics ofLabels(JavaRDD<Row> rows, PairedLabels pairs) {
    Map<Tuple2<String, String>, Long> counts = new TreeMap<>(PairedLabels.ORDER);
    counts.putAll(rows.flatMap(pairs).countByValue());
    NavigableSet<String> labels = new TreeSet<>();
    counts.keySet().forEach(pair -> labels.addAll(List.of(pair._1, pair._2)));
    ClassificationMetrics metrics = new ClassificationMetrics(Math.max(1, labels.size()));
    counts.forEach(
        (pair, count) ->
            metrics.add(labels.headSet(pair._1).size(), labels.headSet(pair._2).size(), count));
    return requireSome(metrics);
  }

  /** Sums of partitions are added in their order. */
  private static Metrics ofValues(JavaRDD<Row> rows, PairedValues pairs) {
    return requireSome(
        rows.mapPartitions(pairs).collect().stream()
            .reduce(RegressionMetrics::plus)
            .orElseGet(() -> new RegressionMetrics(1)));
  }

  private static Metrics requireSome(Metrics metrics) {
    if (metrics.count() == 0) {
      throw new DataException("there is no target to evaluate a prediction of");
    }
    return metrics;
  }
}
