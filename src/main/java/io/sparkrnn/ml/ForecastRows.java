package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.ml.Forecaster.Forecast;
import io.sparkrnn.ml.Forecaster.Origin;
import io.sparkrnn.reader.TimeSeries;
import java.io.Serializable;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of the steps after the last known one of every series: {@code id, time, step, forecast,
 * lower, upper}. Times go on as the series' own, in their type.
 *
 * @param content what forecasts
 * @param backend resolved name of the arithmetic
 * @param timeType type of the times that were read
 * @param policy for series that cannot be forecast
 */
record ForecastRows(
    Broadcast<ForecastContent> content, String backend, DataType timeType, SeriesPolicy policy)
    implements FlatMapFunction<Iterator<TimeSeries>, Row>, Serializable {

  private static final int ORIGINS_AT_A_TIME = 256;

  /** Columns of the rows; whole numbers of times stay whole. */
  static StructType schema(DataType timeType) {
    return columns(written(timeType));
  }

  /** Columns as executors give them: dates and timestamps as the time of day they show. */
  StructType plainSchema() {
    return columns(plainTime(timeType));
  }

  /** Type of times as executors give them. */
  static DataType plainTime(DataType timeType) {
    return isCalendar(timeType) ? DataTypes.TimestampNTZType : written(timeType);
  }

  private static StructType columns(DataType time) {
    return new StructType()
        .add("id", DataTypes.StringType, false)
        .add("time", time, true)
        .add("step", DataTypes.IntegerType, false)
        .add("forecast", DataTypes.DoubleType, true)
        .add("lower", DataTypes.DoubleType, true)
        .add("upper", DataTypes.DoubleType, true);
  }

  private static DataType written(DataType timeType) {
    if (isWhole(timeType)) {
      return DataTypes.LongType;
    }
    return timeType instanceof FloatType || timeType instanceof DecimalType
        ? DataTypes.DoubleType
        : timeType;
  }

  private static boolean isCalendar(DataType type) {
    return type.equals(DataTypes.TimestampType)
        || type.equals(DataTypes.TimestampNTZType)
        || type.equals(DataTypes.DateType);
  }

  private static boolean isWhole(DataType type) {
    return type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType;
  }

  @Override
  public Iterator<Row> call(Iterator<TimeSeries> series) {
    return new SeriesChunks(series);
  }

  private final class SeriesChunks extends Chunks {
    private final Iterator<TimeSeries> series;
    private final Forecaster forecaster =
        content.value().ahead().forecaster(content.value().encoding(), backend);

    SeriesChunks(Iterator<TimeSeries> series) {
      super(series);
      this.series = series;
    }

    @Override
    List<Row> chunk() {
      List<Row> rows = new ArrayList<>();
      List<Origin> origins = new ArrayList<>();
      while (series.hasNext() && origins.size() < ORIGINS_AT_A_TIME) {
        TimeSeries one = series.next();
        try {
          origins.addAll(origins(one));
        } catch (DataException e) {
          policy.found(one.id(), e);
          rows.addAll(withoutForecast(one));
        }
      }
      List<Forecast> forecasts = forecaster.forecast(origins);
      Intervals intervals = content.value().intervals(ForecastContent.MODEL);
      for (int i = 0; i < origins.size(); i++) {
        Forecast forecast = intervals.apply(origins.get(i), forecasts.get(i));
        boolean last = i + 1 == origins.size();
        if (last || origins.get(i + 1).series() != origins.get(i).series()) {
          append(origins.get(i), forecast, rows);
          intervals = content.value().intervals(ForecastContent.MODEL);
        }
      }
      return rows;
    }
  }

  /** The last known step, after those whose forecasts calibrate its interval. */
  private List<Origin> origins(TimeSeries one) {
    Origin last = origin(one);
    ForecastContent model = content.value();
    int stride = model.settings().backtest().stride();
    int lead = model.leadSteps(one, last.step()) / stride * stride;
    List<Origin> origins = new ArrayList<>();
    for (int step = last.step() - lead; step <= last.step(); step += stride) {
      origins.add(new Origin(last.series(), step));
    }
    return origins;
  }

  private Origin origin(TimeSeries one) {
    ForecastContent model = content.value();
    int needed = one.length() + model.settings().horizon();
    if (one.future().length > 0 && one.knownAhead() < needed) {
      throw new DataException(
          "series %s: expected the columns known in advance for %d steps after the last target, found %d; add rows without a target, or shorten forecast.horizon"
              .formatted(one.id(), model.settings().horizon(), one.knownAhead() - one.length()));
    }
    ScaledSeries scaled = model.encoding().scaled(one, model.parts().trainingEnd(one));
    return new Origin(scaled, one.length() - 1);
  }

  /** What keep gives a series: its steps ahead, and nothing else. */
  private List<Row> withoutForecast(TimeSeries one) {
    List<Row> rows = new ArrayList<>();
    int horizon = content.value().settings().horizon();
    for (int h = 0; policy.invalid() == InvalidRows.KEEP && h < horizon; h++) {
      Object time = plain(one.grid().timeAt((long) one.length() + h), timeType);
      rows.add(RowFactory.create(one.id(), time, h + 1, null, null, null));
    }
    return rows;
  }

  private void append(Origin origin, Forecast forecast, List<Row> rows) {
    boolean intervals = content.value().hasIntervals(ForecastContent.MODEL);
    SeriesScale scale = origin.series().scale();
    TimeSeries series = origin.series().series();
    for (int h = 0; h < forecast.point().length; h++) {
      rows.add(
          RowFactory.create(
              series.id(),
              plain(series.grid().timeAt((long) origin.step() + 1 + h), timeType),
              h + 1,
              scale.restore(forecast.point()[h]),
              intervals ? scale.restore(forecast.lower()[h]) : null,
              intervals ? scale.restore(forecast.upper()[h]) : null));
    }
  }

  /** A time as executors give it. */
  static Object plain(double time, DataType timeType) {
    if (isCalendar(timeType)) {
      long micros = Math.round(time * 1e6);
      return LocalDateTime.ofEpochSecond(
          Math.floorDiv(micros, 1_000_000L),
          (int) Math.floorMod(micros, 1_000_000L) * 1000,
          ZoneOffset.UTC);
    }
    return isWhole(timeType) ? (Object) Math.round(time) : (Object) time;
  }
}
