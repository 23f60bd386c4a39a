package io.sparkrnn.ml;

import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What {@code handleInvalid = keep} gives to series that cannot be used: a row for every step
 * ahead, with neither a time nor a forecast.
 *
 * @param horizon H
 */
record NullForecasts(int horizon) implements FlatMapFunction<String, Row> {

  /** Appends the rows of such series to the forecasts of all others. */
  static Dataset<Row> append(Dataset<Row> forecasts, JavaRDD<String> unusable, int horizon) {
    return forecasts.unionAll(
        forecasts
            .sparkSession()
            .createDataFrame(unusable.flatMap(new NullForecasts(horizon)), forecasts.schema()));
  }

  @Override
  public Iterator<Row> call(String series) {
    return IntStream.rangeClosed(1, horizon)
        .mapToObj(step -> RowFactory.create(series, null, step, null, null, null))
        .iterator();
  }
}
