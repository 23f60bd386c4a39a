package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.statistics.AutoregressiveModel;
import io.sparkrnn.statistics.Forecast;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Forecasts of the next H steps of a series by its autoregression, with exact intervals: three
 * arrays.
 *
 * @param horizon H
 * @param level share of values that intervals are to cover
 * @param invalid whether a series that cannot be forecast is an error; else it gets nulls
 */
record ForecastTable(int horizon, double level, InvalidRows invalid)
    implements UDF3<String, scala.collection.Seq<Double>, Row, Row> {
  static final String FORECAST = "forecast";
  static final String LOWER = "lower";
  static final String UPPER = "upper";

  private static final DataType NUMBERS = DataTypes.createArrayType(DataTypes.DoubleType, false);

  /** Columns that are appended to a row with a series. */
  static final StructType ARRAYS =
      new StructType().add(FORECAST, NUMBERS).add(LOWER, NUMBERS).add(UPPER, NUMBERS);

  /** Schema of the forecasts of an input. */
  static StructType schema(SeriesInput input) {
    if (!input.arrays()) {
      return ForecastRows.schema(input.settings().columns().timeType(input.schema()));
    }
    List<StructField> fields = new ArrayList<>(List.of(input.schema().fields()));
    for (StructField field : ARRAYS.fields()) {
      if (Arrays.asList(input.schema().fieldNames()).contains(field.name())) {
        throw new ConfigurationException(
            "the data already have a column %s, which forecasts are written to; drop or rename it"
                .formatted(field.name()));
      }
      fields.add(field);
    }
    return new StructType(fields.toArray(new StructField[0]));
  }

  @Override
  public Row call(String series, scala.collection.Seq<Double> history, Row fit) {
    try {
      if (fit == null) {
        throw new DataException("there is no model of this series");
      }
      AutoregressiveModel model = FitTable.model(fit);
      Forecast forecast = model.forecast(history(history, model.order()), horizon);
      return RowFactory.create(forecast.mean(), forecast.lower(level), forecast.upper(level));
    } catch (DataException e) {
      if (!invalid.refused()) {
        return RowFactory.create(null, null, null);
      }
      throw new DataException(
          "series %s: %s; %s = skip leaves such series out, keep gives them no forecast"
              .formatted(series, e.getMessage(), ColumnSettings.HANDLE_INVALID.key()),
          e);
    }
  }

  /** The last values, NaN for a null. */
  private static double[] history(scala.collection.Seq<Double> values, int order) {
    int length = values == null ? 0 : values.size();
    double[] history = new double[Math.min(order, length)];
    for (int t = 0; t < history.length; t++) {
      Double value = values.apply(length - history.length + t);
      history[t] = value == null ? Double.NaN : value;
    }
    return history;
  }
}
