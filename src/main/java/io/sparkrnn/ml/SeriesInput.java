package io.sparkrnn.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.reader.SeriesGathering;
import io.sparkrnn.reader.TimeSeries;
import io.sparkrnn.setting.Values;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * Where series stand in a DataFrame: a row each, if the target column is an array of numbers,
 * oldest first; or in long format, a row a series and time, if it is a number.
 *
 * @param settings of columns and of long format
 * @param schema of the DataFrame
 * @param arrays whether a row is a series
 */
record SeriesInput(SeriesSettings settings, StructType schema, boolean arrays) {

  /** Name of the only model, if it has no series of its own. */
  static final String ALL = "all";

  /**
   * Looks at the columns.
   *
   * @throws ConfigurationException if one is missing or of another type
   */
  static SeriesInput of(Values values, StructType schema) {
    SeriesSettings settings = SeriesSettings.ofAutoregression(values);
    String target = settings.columns().target();
    int index = CellReader.index(schema, SeriesSettings.TARGET.key(), target);
    if (schema.fields()[index].dataType() instanceof ArrayType array) {
      if (!(array.elementType() instanceof NumericType)) {
        throw new ConfigurationException(
            "%s: column %s must be a number (long format) or an array of numbers (a series a row), found %s"
                .formatted(SeriesSettings.TARGET.key(), target, array.simpleString()));
      }
      settings.columns().requireName(schema);
      return new SeriesInput(settings, schema, true);
    }
    settings.gathering(schema);
    return new SeriesInput(settings, schema, false);
  }

  /** Whether rows say which series they belong to. */
  boolean named() {
    return !settings.columns().id().isEmpty();
  }

  /** The name of a row's series, as text. */
  Column id() {
    return named() ? quoted(settings.columns().id()).cast(DataTypes.StringType) : lit(ALL);
  }

  /** The values of a row's series. */
  Column values() {
    return quoted(settings.columns().target())
        .cast(DataTypes.createArrayType(DataTypes.DoubleType, true));
  }

  /** All series, as the DataFrame has them. */
  JavaRDD<NamedSeries> series(Dataset<?> dataset, int partitions, SeriesPolicy policy) {
    return arrays
        ? read(dataset.toDF().select(id(), values()), policy)
        : gathered(dataset, partitions, policy)
            .map(series -> new NamedSeries(series.id(), series.target()));
  }

  /** All series, dealt and sorted so that neither depends on how the source was partitioned. */
  JavaRDD<NamedSeries> dealt(Dataset<?> dataset, int partitions, SeriesPolicy policy) {
    if (!arrays) {
      return series(dataset, partitions, policy);
    }
    return read(
        dataset
            .toDF()
            .select(id().as("_1"), values().as("_2"))
            .repartition(partitions, named() ? col("_1") : col("_2"))
            .sortWithinPartitions(col("_1"), col("_2")),
        policy);
  }

  /** Series in long format on their grids of times. */
  JavaRDD<TimeSeries> gathered(Dataset<?> dataset, int partitions, SeriesPolicy policy) {
    SeriesGathering gathering = settings.gathering(schema);
    return gathering.of(dataset, partitions, policy);
  }

  /** Names of the series in long format that break a policy. */
  JavaRDD<String> unusable(Dataset<?> dataset, int partitions) {
    return settings.gathering(schema).unusable(dataset, partitions);
  }

  /** Reads Spark's own rows, whose arrays of doubles are copied whole and not value by value. */
  private static JavaRDD<NamedSeries> read(Dataset<Row> rows, SeriesPolicy policy) {
    return PlainRows.of(rows)
        .filter(row -> isNamed(row, policy))
        .map(row -> new NamedSeries(row.getUTF8String(0).toString(), doubles(row)));
  }

  private static boolean isNamed(InternalRow row, SeriesPolicy policy) {
    if (row.isNullAt(0)) {
      policy.found(
          SeriesGathering.UNNAMED,
          new DataException(
              "%s: expected the name of a series in every row, found a null"
                  .formatted(ColumnSettings.ID.key())));
      return false;
    }
    return true;
  }

  private static double[] doubles(InternalRow row) {
    if (row.isNullAt(1)) {
      return new double[0];
    }
    ArrayData array = row.getArray(1);
    double[] values = array.toDoubleArray();
    for (int t = 0; t < values.length; t++) {
      if (array.isNullAt(t)) {
        values[t] = Double.NaN;
      }
    }
    return values;
  }

  private static Column quoted(String column) {
    return col("`" + column.replace("`", "``") + "`");
  }
}
