package io.sparkrnn.ml;

import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import io.sparkrnn.error.DataException;
import io.sparkrnn.reader.TimeSeries;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import io.sparkrnn.statistics.AutoregressionSettings;
import io.sparkrnn.statistics.AutoregressiveModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Fitted autoregressions, one a series or one for all. {@link #transform} forecasts: to rows with
 * an array it appends the arrays {@code forecast}, {@code lower}, {@code upper} of the next H
 * steps; of long format it gives rows {@code id, time, step, forecast, lower, upper}.
 */
public final class AutoregressorModel extends SettingModel<AutoregressorModel> {
  private static final long serialVersionUID = 1L;

  private static final String FIT = "__fit";
  private static final String FOUND = "__forecast";

  private final transient Dataset<Row> fits;
  private final long count;
  private final long skipped;
  private transient Optional<JavaRDD<?>> kept = Optional.empty();

  /**
   * Holds models.
   *
   * @param fits {@link FitTable#SCHEMA}
   * @param count of the models
   * @param skipped series that were left out
   */
  AutoregressorModel(String uid, Dataset<Row> fits, long count, long skipped) {
    super(uid);
    this.fits = fits;
    this.count = count;
    this.skipped = skipped;
  }

  /** The same; {@link #release} will let go of this. */
  AutoregressorModel keeping(JavaRDD<?> persisted) {
    kept = Optional.of(persisted);
    return this;
  }

  /** Reads a model written by {@code write()}. */
  public static MLReader<AutoregressorModel> read() {
    return new AutoregressorFolder.Reader();
  }

  /** Reads a model from its folder. */
  public static AutoregressorModel load(String path) {
    return read().load(path);
  }

  @Override
  public Settings settings() {
    return Autoregressor.SETTINGS;
  }

  /**
   * One row a model: {@code series, observations, order, intercept, coefficients, interceptError,
   * standardErrors, variance, degreesOfFreedom, residualSumOfSquares, stationary, logLikelihood,
   * aic, aicc, bic, hqic, fpe}. The one model of all series is called {@code all}.
   */
  public Dataset<Row> fits() {
    return fits;
  }

  /** Number of models. */
  public long models() {
    return count;
  }

  /** Series that were left out of the fit. */
  public long skipped() {
    return skipped;
  }

  /**
   * The model of a series.
   *
   * @param series its name; {@code all} for the model of all series
   * @throws DataException if there is none
   */
  public AutoregressiveModel of(String series) {
    List<Row> rows = fits.where(col(FitTable.SERIES).equalTo(series)).takeAsList(1);
    if (rows.isEmpty()) {
      throw new DataException("there is no model of a series %s".formatted(series));
    }
    return FitTable.model(rows.get(0));
  }

  /** Lets Spark forget the fits; whatever needs them again fits again. */
  public void release() {
    kept.ifPresent(persisted -> persisted.unpersist(false));
  }

  /** Sets the steps ahead that are forecast. */
  public AutoregressorModel setHorizon(int value) {
    return set(ForecastSettings.HORIZON, value);
  }

  /** Sets the share of values that intervals are to cover. */
  public AutoregressorModel setLevel(double value) {
    return set(BacktestSettings.LEVEL, value);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType output = transformSchema(dataset.schema(), true);
    SeriesInput input = SeriesInput.of(values(), dataset.schema());
    if (input.arrays()) {
      Dataset<Row> found = forecast(dataset.toDF(), input.id(), input.values());
      Column[] columns =
          Arrays.stream(output.fieldNames())
              .map(
                  name ->
                      Arrays.asList(ForecastTable.ARRAYS.fieldNames()).contains(name)
                          ? col(FOUND + "." + name).as(name)
                          : col("`" + name.replace("`", "``") + "`"))
              .toArray(Column[]::new);
      return found.select(columns);
    }
    return ofLongFormat(dataset, input, output);
  }

  private Dataset<Row> ofLongFormat(Dataset<?> dataset, SeriesInput input, StructType output) {
    DataType timeType = input.settings().columns().timeType(input.schema());
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    int partitions = ForecastFit.partitions(values(), context);
    SeriesPolicy policy = SeriesPolicy.of(dataset.sparkSession(), values());
    int horizon = values().get(ForecastSettings.HORIZON);
    int order = values().get(AutoregressionSettings.ORDER);
    StructType schema =
        new StructType()
            .add("id", DataTypes.StringType)
            .add("history", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("time", DataTypes.createArrayType(ForecastRows.plainTime(timeType)));
    Dataset<Row> ends =
        dataset
            .sparkSession()
            .createDataFrame(
                input
                    .gathered(dataset, partitions, policy)
                    .map(series -> end(series, order, horizon, timeType)),
                schema);
    Column zipped =
        arrays_zip(
            col("time"),
            col(ForecastTable.FORECAST),
            col(ForecastTable.LOWER),
            col(ForecastTable.UPPER));
    Dataset<Row> rows =
        forecast(ends, col("id"), col("history"))
            .select(
                col("id"),
                col("time"),
                ahead(ForecastTable.FORECAST, horizon),
                ahead(ForecastTable.LOWER, horizon),
                ahead(ForecastTable.UPPER, horizon))
            .select(col("id"), posexplode(zipped).as(new String[] {"position", "next"}))
            .select(
                col("id"),
                col("next.time").cast(output.apply("time").dataType()).as("time"),
                col("position").plus(1).as("step"),
                col("next." + ForecastTable.FORECAST).as(ForecastTable.FORECAST),
                col("next." + ForecastTable.LOWER).as(ForecastTable.LOWER),
                col("next." + ForecastTable.UPPER).as(ForecastTable.UPPER));
    return invalid() == InvalidRows.KEEP
        ? NullForecasts.append(rows, input.unusable(dataset, partitions), horizon)
        : rows;
  }

  /** An array of the forecasts; one of nulls where there are none. */
  private static Column ahead(String name, int horizon) {
    Column nothing = array_repeat(lit(null).cast(DataTypes.DoubleType), horizon);
    return coalesce(col(FOUND + "." + name), nothing).as(name);
  }

  private static Row end(TimeSeries series, int order, int horizon, DataType timeType) {
    int n = series.length();
    Object[] times = new Object[horizon];
    for (int h = 0; h < horizon; h++) {
      times[h] = ForecastRows.plain(series.grid().timeAt((long) n + h), timeType);
    }
    double[] history = Arrays.copyOfRange(series.target(), Math.max(0, n - order), n);
    return RowFactory.create(series.id(), history, times);
  }

  /** Appends the forecasts as one column. */
  private Dataset<Row> forecast(Dataset<Row> rows, Column id, Column history) {
    Values values = values();
    UserDefinedFunction forecast =
        udf(
            new ForecastTable(
                values.get(ForecastSettings.HORIZON),
                values.get(BacktestSettings.LEVEL),
                invalid()),
            ForecastTable.ARRAYS);
    Column[] needed = {col(FitTable.INTERCEPT), col(FitTable.COEFFICIENTS), col(FitTable.VARIANCE)};
    Dataset<Row> models = fits.select(col(FitTable.SERIES).as("__series"), struct(needed).as(FIT));
    Dataset<Row> joined =
        AutoregressionSettings.from(values).together()
            ? rows.crossJoin(broadcast(models))
            : rows.join(models, id.equalTo(col("__series")), "left");
    Dataset<Row> found = joined.withColumn(FOUND, forecast.apply(id, history, col(FIT)));
    return invalid() == InvalidRows.SKIP
        ? found.where(col(FOUND + "." + ForecastTable.FORECAST).isNotNull())
        : found;
  }

  private InvalidRows invalid() {
    return InvalidRows.of(values().get(ColumnSettings.HANDLE_INVALID));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return ForecastTable.schema(SeriesInput.of(values(), schema));
  }

  @Override
  AutoregressorModel same() {
    return new AutoregressorModel(uid(), fits, count, skipped);
  }

  @Override
  public MLWriter write() {
    return new AutoregressorFolder.Writer(this);
  }
}
