package io.sparkrnn.ml;

import static org.apache.spark.sql.functions.col;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.reader.TimeSeries;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.training.TrainingSettings;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Forecasts series in long format. {@link #transform} gives rows {@code id, time, step, forecast,
 * lower, upper} of the steps after the last known one of every series; {@link #evaluate} forecasts
 * from rolling origins in the test part and scores.
 */
public final class SequenceForecastModel extends SettingModel<SequenceForecastModel> {
  private static final long serialVersionUID = 1L;

  private final ForecastContent content;

  SequenceForecastModel(String uid, ForecastContent content) {
    super(uid);
    this.content = content;
  }

  /** Reads a model written by {@code write()}. */
  public static MLReader<SequenceForecastModel> read() {
    return new ForecastFolder.Reader();
  }

  /** Reads a model from its folder. */
  public static SequenceForecastModel load(String path) {
    return read().load(path);
  }

  @Override
  public Settings settings() {
    return SequenceForecaster.SETTINGS;
  }

  /** How the model came about. */
  public TrainingSummary summary() {
    return content.summary();
  }

  /** One line about what was learnt. */
  public String description() {
    return content.learnt().summary();
  }

  ForecastContent content() {
    return content;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType output = transformSchema(dataset.schema(), true);
    DataType timeType = SeriesSettings.from(values()).columns().timeType(dataset.schema());
    SeriesPolicy policy = SeriesPolicy.of(dataset.sparkSession(), values());
    JavaRDD<TimeSeries> series = series(dataset, policy);
    ForecastRows rows = new ForecastRows(broadcast(dataset, content), backend(), timeType, policy);
    Dataset<Row> usable =
        dataset.sparkSession().createDataFrame(series.mapPartitions(rows), rows.plainSchema());
    Dataset<Row> forecasts =
        policy.invalid() == InvalidRows.KEEP
            ? NullForecasts.append(usable, unusable(dataset), content.settings().horizon())
            : usable;
    DataType written = output.apply("time").dataType();
    return forecasts.withColumn("time", col("time").cast(written));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    SeriesSettings series = SeriesSettings.from(values());
    series.gathering(schema);
    ForecastEncoding.ColumnCounts counts = content.encoding().counts();
    ForecastEncoding.ColumnCounts found =
        new ForecastEncoding.ColumnCounts(
            series.columns().past().size(),
            series.columns().future().size(),
            series.columns().statics().size());
    if (!found.equals(counts)) {
      throw new ConfigurationException(
          "columns: expected as many past, future and static columns as in training, %s, found %s"
              .formatted(counts, found));
    }
    return ForecastRows.schema(series.columns().timeType(schema));
  }

  /**
   * Scores the test part of the series, and what the model is compared with.
   *
   * @throws DataException if no series has a horizon in it, or rows break a policy
   */
  public ForecastScores evaluate(Dataset<?> dataset) {
    return evaluate(dataset, content);
  }

  /**
   * Scores other series than those that were learnt, from their {@code forecast.context}-th step
   * on.
   *
   * @throws ConfigurationException if targets are scaled by training parts, which these have not
   */
  public ForecastScores evaluateSeries(Dataset<?> dataset) {
    if (SeriesSettings.from(values()).scaling().equals(SeriesSettings.BY_SERIES)) {
      throw new ConfigurationException(
          "series.scaling: series that are only tested have no training part to be scaled by; set it to global or none");
    }
    return evaluate(dataset, content.ofTestSeries());
  }

  /** Scores the validation part; empty where no series has a horizon in it. */
  public Optional<ForecastScores> evaluateValidation(Dataset<?> dataset) {
    return Optional.of(scores(dataset, false, content)).filter(found -> found.model().count() > 0);
  }

  private ForecastScores evaluate(Dataset<?> dataset, ForecastContent model) {
    ForecastScores scores = scores(dataset, true, model);
    if (scores.model().count() == 0) {
      throw new DataException(
          "no series has a test part that holds a horizon of %d steps, so there is nothing to score; move series.testFrom, or shorten forecast.horizon"
              .formatted(content.settings().horizon()));
    }
    return scores;
  }

  private ForecastScores scores(Dataset<?> dataset, boolean test, ForecastContent model) {
    transformSchema(dataset.schema());
    SeriesPolicy policy = SeriesPolicy.of(dataset.sparkSession(), values());
    Broadcast<ForecastContent> broadcast = broadcast(dataset, model);
    try {
      return new ForecastScores(
          new Backtest(broadcast, backend()).score(series(dataset, policy), test));
    } finally {
      broadcast.destroy();
    }
  }

  @Override
  SequenceForecastModel same() {
    return new SequenceForecastModel(uid(), content);
  }

  @Override
  public MLWriter write() {
    return new ForecastFolder.Writer(this);
  }

  private String backend() {
    return TrainingSettings.backend(values());
  }

  private JavaRDD<TimeSeries> series(Dataset<?> dataset, SeriesPolicy policy) {
    return SeriesSettings.from(values())
        .gathering(dataset.schema())
        .of(dataset, partitions(), policy);
  }

  private JavaRDD<String> unusable(Dataset<?> dataset) {
    return SeriesSettings.from(values())
        .gathering(dataset.schema())
        .unusable(dataset, partitions());
  }

  private int partitions() {
    return content.summary().partitions();
  }

  private static Broadcast<ForecastContent> broadcast(Dataset<?> dataset, ForecastContent content) {
    return JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext())
        .broadcast(content);
  }
}
