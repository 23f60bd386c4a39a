package io.sparkrnn.ml;

import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.optimizer.OptimizerSettings;
import io.sparkrnn.reader.DataFailure;
import io.sparkrnn.reader.TimeSeries;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import io.sparkrnn.training.AveragingSettings;
import io.sparkrnn.training.CheckpointSettings;
import io.sparkrnn.training.TrainingSettings;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Learns to forecast series in long format, a row a series and time. Each series is cut in time
 * into a training, a validation and a test part; only the first is learnt, the second chooses the
 * epoch and calibrates intervals, the third is left to {@link SequenceForecastModel#evaluate}.
 */
public final class SequenceForecaster
    extends SettingEstimator<SequenceForecaster, SequenceForecastModel> {
  private static final long serialVersionUID = 1L;

  private static final List<Setting<?>> WITHOUT =
      List.of(
          NetworkSettings.CELL,
          NetworkSettings.BIDIRECTIONAL,
          NetworkSettings.READOUT,
          NetworkSettings.EMBEDDING_SIZES,
          NetworkSettings.UNKNOWN_RATE,
          TrainingSettings.CLASS_WEIGHTS);

  /** All settings. */
  public static final Settings SETTINGS =
      Settings.of(
          Settings.union(
                  Settings.of(ColumnSettings.ID, ColumnSettings.HANDLE_INVALID),
                  SeriesSettings.SETTINGS,
                  ForecastSettings.SETTINGS,
                  NetworkSettings.SETTINGS,
                  OptimizerSettings.SETTINGS,
                  AveragingSettings.SETTINGS,
                  TrainingSettings.SETTINGS,
                  CheckpointSettings.SETTINGS)
              .stream()
              .filter(setting -> !WITHOUT.contains(setting))
              .toArray(Setting<?>[]::new));

  /** Takes a uid. */
  public SequenceForecaster(String uid) {
    super(uid);
  }

  /** Draws a uid. */
  public SequenceForecaster() {
    this(Identifiable$.MODULE$.randomUID("sequenceForecaster"));
  }

  /** Reads an estimator written by {@code write()}. */
  public static MLReader<SequenceForecaster> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads an estimator from a folder. */
  public static SequenceForecaster load(String path) {
    return read().load(path);
  }

  @Override
  public Settings settings() {
    return SETTINGS;
  }

  @Override
  public SequenceForecastModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema(), true);
    String backend = TrainingSettings.backend(values());
    ForecastFit fit = new ForecastFit(values(), backend, listener());
    ForecastContent content = DataFailure.unwrapped(() -> fit.on(dataset));
    SequenceForecastModel model = new SequenceForecastModel(uid(), content);
    copyValues(model, new ParamMap());
    return model.setParent(this);
  }

  /**
   * Gathers all series as {@link #fit} would, and trains nothing.
   *
   * @return what it found, in words
   * @throws io.sparkrnn.error.DataException if rows break a policy
   */
  public String check(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    SeriesSettings series = SeriesSettings.from(values());
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    int partitions = ForecastFit.partitions(values(), context);
    SeriesPolicy policy = SeriesPolicy.of(dataset.sparkSession(), values());
    JavaRDD<TimeSeries> gathered =
        series.gathering(dataset.schema()).of(dataset, partitions, policy);
    SeriesParts parts = series.parts(dataset.schema());
    String found = DataFailure.unwrapped(() -> SeriesSurvey.of(gathered, parts)).summary();
    long leftOut = policy.leftOut().value();
    return leftOut == 0 ? found : "%s, %d series left out".formatted(found, leftOut);
  }

  /** Checks the settings together, and the columns against the schema. Trains nothing. */
  @Override
  public StructType transformSchema(StructType schema) {
    Values values = values();
    SeriesSettings series = SeriesSettings.from(values);
    series.gathering(schema);
    series.parts(schema);
    ForecastSettings settings = ForecastSettings.from(values);
    ForecastConsistency.require(values, series, settings);
    return ForecastRows.schema(series.columns().timeType(schema));
  }

  /** Sets what happens to series that cannot be used: error, skip or keep. */
  public SequenceForecaster setHandleInvalid(String value) {
    return set(ColumnSettings.HANDLE_INVALID, value);
  }

  /** Sets the column of times. */
  public SequenceForecaster setTimeCol(String value) {
    return set(SeriesSettings.TIME, value);
  }

  /** Sets the column that is forecast. */
  public SequenceForecaster setTargetCol(String value) {
    return set(SeriesSettings.TARGET, value);
  }

  /** Sets the columns known up to the present. */
  public SequenceForecaster setPastCols(String... values) {
    return set(SeriesSettings.PAST, List.of(values));
  }

  /** Sets the columns known in advance. */
  public SequenceForecaster setFutureCols(String... values) {
    return set(SeriesSettings.FUTURE, List.of(values));
  }

  /** Sets the columns that never change within a series. */
  public SequenceForecaster setStaticCols(String... values) {
    return set(SeriesSettings.STATIC, List.of(values));
  }

  /** Sets the model. */
  public SequenceForecaster setModel(String value) {
    return set(ForecastSettings.MODEL, value);
  }

  /** Sets the steps ahead. */
  public SequenceForecaster setHorizon(int value) {
    return set(ForecastSettings.HORIZON, value);
  }

  /** Sets whether all steps ahead are given at once. */
  public SequenceForecaster setStrategy(String value) {
    return set(ForecastSettings.STRATEGY, value);
  }

  /** Sets the steps that are read before an origin. */
  public SequenceForecaster setContext(int value) {
    return set(ForecastSettings.CONTEXT, value);
  }

  /** Sets the steps of a season. */
  public SequenceForecaster setSeason(int value) {
    return set(BacktestSettings.SEASON, value);
  }

  /** Sets where validation begins. */
  public SequenceForecaster setValidationFrom(String value) {
    return set(SeriesSettings.VALIDATION_FROM, value);
  }

  /** Sets where the test begins. */
  public SequenceForecaster setTestFrom(String value) {
    return set(SeriesSettings.TEST_FROM, value);
  }
}
