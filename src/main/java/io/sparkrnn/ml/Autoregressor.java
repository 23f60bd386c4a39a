package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.reader.DataFailure;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import io.sparkrnn.statistics.AutoregressionSettings;
import io.sparkrnn.statistics.AutoregressiveFit;
import io.sparkrnn.training.TrainingSettings;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits AR(K), y_t = c + φ_1 y_{t−1} + … + φ_K y_{t−K} + e_t, to every series of a DataFrame or to
 * all of them together, as statisticians do: least squares, Yule–Walker, Burg; with standard
 * errors, criteria and choice of the order. Series are rows with an array of numbers, or in long
 * format, by the type of {@code targetCol}.
 */
public final class Autoregressor extends Estimator<AutoregressorModel>
    implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(Autoregressor.class);

  /** All settings. */
  public static final Settings SETTINGS =
      Settings.union(
          Settings.of(
              ColumnSettings.ID,
              SeriesSettings.TIME,
              SeriesSettings.TARGET,
              ColumnSettings.HANDLE_INVALID,
              SeriesSettings.STEP,
              SeriesSettings.GAPS,
              SeriesSettings.DUPLICATES),
          AutoregressionSettings.SETTINGS,
          Settings.of(
              ForecastSettings.HORIZON, BacktestSettings.LEVEL, TrainingSettings.PARTITIONS));

  private final String uid;
  private final SettingParams params;

  /** Takes a uid. */
  public Autoregressor(String uid) {
    this.uid = uid;
    this.params = new SettingParams(this, SETTINGS);
  }

  /** Draws a uid. */
  public Autoregressor() {
    this(Identifiable$.MODULE$.randomUID("autoregressor"));
  }

  /** Reads an estimator written by {@code write()}. */
  public static MLReader<Autoregressor> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads an estimator from a folder. */
  public static Autoregressor load(String path) {
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

  /** Sets one setting. Fails with what was expected if the value does not fit. */
  public Autoregressor set(Setting<?> setting, Object value) {
    params.set(this, setting, value);
    return this;
  }

  /**
   * Fits the models. They are kept by Spark, in memory or on disk, until {@link
   * AutoregressorModel#release()}.
   *
   * @throws DataException if a series cannot be fitted and may not be skipped
   */
  @Override
  public AutoregressorModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema(), true);
    Values values = values();
    AutoregressionSettings settings = AutoregressionSettings.from(values);
    SeriesInput input = SeriesInput.of(values, dataset.schema());
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    int partitions = ForecastFit.partitions(values, context);
    SeriesPolicy policy = SeriesPolicy.of(dataset.sparkSession(), values);
    AutoregressorModel model =
        DataFailure.unwrapped(
            () ->
                settings.together()
                    ? together(new CommonFit(settings, partitions), input, dataset, policy)
                    : apart(
                        dataset.sparkSession(),
                        settings,
                        input.series(dataset, partitions, policy),
                        policy));
    if (model.skipped() > 0) {
      LOG.warn("{} series cannot be fitted and are left out", model.skipped());
    }
    copyValues(model, new ParamMap());
    return model.setParent(this);
  }

  private AutoregressorModel together(
      CommonFit common, SeriesInput input, Dataset<?> dataset, SeriesPolicy policy) {
    AutoregressiveFit fit = common.on(input, dataset, policy);
    Row row = FitTable.row(SeriesFit.of(SeriesInput.ALL, fit), fit.likelihood().rows());
    Dataset<Row> fits =
        dataset.sparkSession().createDataFrame(List.of(row), FitTable.SCHEMA).coalesce(1);
    return new AutoregressorModel(uid, fits, 1, policy.leftOut().value());
  }

  private AutoregressorModel apart(
      SparkSession spark,
      AutoregressionSettings settings,
      JavaRDD<NamedSeries> series,
      SeriesPolicy policy) {
    JavaRDD<SeriesFit> fits =
        series
            .mapPartitions(new SeriesFits(settings, policy))
            .setName("autoregressions")
            .persist(StorageLevel.MEMORY_AND_DISK());
    boolean fitted = false;
    try {
      long count = fits.count();
      if (count == 0) {
        throw new DataException(
            "autoregression: expected at least one series that can be fitted, found none of %d"
                .formatted(policy.leftOut().value()));
      }
      fitted = true;
      Dataset<Row> table = spark.createDataFrame(fits.map(FitTable::row), FitTable.SCHEMA);
      return new AutoregressorModel(uid, table, count, policy.leftOut().value()).keeping(fits);
    } finally {
      if (!fitted) {
        fits.unpersist(false);
      }
    }
  }

  /** Checks the settings together, and the columns against the schema. Fits nothing. */
  @Override
  public StructType transformSchema(StructType schema) {
    Values values = values();
    AutoregressionSettings settings = AutoregressionSettings.from(values);
    SeriesInput input = SeriesInput.of(values, schema);
    if (input.arrays() && !input.named() && !settings.together()) {
      throw new ConfigurationException(
          "%s: name the column that names the series, as each gets a model of its own; or set %s = all"
              .formatted(ColumnSettings.ID.key(), AutoregressionSettings.SCOPE.key()));
    }
    return ForecastTable.schema(input);
  }

  @Override
  public Autoregressor copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Sets the column of the names of series. */
  public Autoregressor setIdCol(String value) {
    return set(ColumnSettings.ID, value);
  }

  /** Sets the column of times, in long format. */
  public Autoregressor setTimeCol(String value) {
    return set(SeriesSettings.TIME, value);
  }

  /** Sets the column of values: an array a series, or a number a time. */
  public Autoregressor setTargetCol(String value) {
    return set(SeriesSettings.TARGET, value);
  }

  /** Sets what happens to series that cannot be fitted: error, skip or keep. */
  public Autoregressor setHandleInvalid(String value) {
    return set(ColumnSettings.HANDLE_INVALID, value);
  }

  /** Sets K. */
  public Autoregressor setOrder(int value) {
    return set(AutoregressionSettings.ORDER, value);
  }

  /** Sets the method of estimation. */
  public Autoregressor setMethod(String value) {
    return set(AutoregressionSettings.METHOD, value);
  }

  /** Sets whether an intercept is estimated. */
  public Autoregressor setIntercept(boolean value) {
    return set(AutoregressionSettings.INTERCEPT, value);
  }

  /** Sets what chooses the order. */
  public Autoregressor setCriterion(String value) {
    return set(AutoregressionSettings.CRITERION, value);
  }

  /** Sets whether each series has a model, or all together. */
  public Autoregressor setScope(String value) {
    return set(AutoregressionSettings.SCOPE, value);
  }

  /** Sets the steps ahead that the model forecasts. */
  public Autoregressor setHorizon(int value) {
    return set(ForecastSettings.HORIZON, value);
  }

  /** Sets the share of values that intervals are to cover. */
  public Autoregressor setLevel(double value) {
    return set(BacktestSettings.LEVEL, value);
  }

  /** Sets P. */
  public Autoregressor setPartitions(int value) {
    return set(TrainingSettings.PARTITIONS, value);
  }
}
