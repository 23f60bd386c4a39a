package io.sparkrnn.reader;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.setting.NearestName;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * Which columns of a DataFrame in long format hold what.
 *
 * @param id name of the series; empty: all rows are one series
 * @param time when a row was observed: a number, a date or a timestamp
 * @param target what is forecast
 * @param past known up to the present
 * @param future known in advance
 * @param statics the same in all rows of a series
 */
public record SeriesColumns(
    String id,
    String time,
    String target,
    List<String> past,
    List<String> future,
    List<String> statics)
    implements Serializable {

  /** Copies the lists. */
  public SeriesColumns {
    past = new ArrayList<>(past);
    future = new ArrayList<>(future);
    statics = new ArrayList<>(statics);
  }

  /** The columns of numbers, in this order: target, past, future, statics. */
  List<String> numbers() {
    return Stream.of(List.of(target), past, future, statics).flatMap(List::stream).toList();
  }

  /** Whether times are dates or timestamps. */
  public boolean calendar(StructType schema) {
    return !(timeType(schema) instanceof NumericType);
  }

  /** Type of the times. */
  public DataType timeType(StructType schema) {
    return schema.apply(time).dataType();
  }

  /**
   * Accepts a schema that has these columns.
   *
   * @throws ConfigurationException naming the setting, the column and what was expected
   */
  public void require(StructType schema) {
    requireName(schema);
    requirePresent(schema, "columns.time", time);
    DataType type = timeType(schema);
    boolean isTime =
        type instanceof NumericType
            || type.equals(DataTypes.TimestampType)
            || type.equals(DataTypes.TimestampNTZType)
            || type.equals(DataTypes.DateType);
    if (!isTime) {
      throw new ConfigurationException(
          "columns.time: column %s must be a number, a date or a timestamp, found %s; convert it, such as to_timestamp(%s) AS %s in data.train.columns"
              .formatted(time, type.simpleString(), time, time));
    }
    requireNumber(schema, "columns.target", target);
    past.forEach(column -> requireNumber(schema, "columns.past", column));
    future.forEach(column -> requireNumber(schema, "columns.future", column));
    statics.forEach(column -> requireNumber(schema, "columns.static", column));
    List<String> all = numbers();
    for (String column : all) {
      if (all.indexOf(column) != all.lastIndexOf(column)) {
        throw new ConfigurationException(
            "columns: column %s is named twice among target, past, future and static; name it once"
                .formatted(column));
      }
    }
  }

  /**
   * Accepts a schema whose column of names, if there is one, has names.
   *
   * @throws ConfigurationException if it is absent, or of values that consist of others
   */
  public void requireName(StructType schema) {
    if (id.isEmpty()) {
      return;
    }
    requirePresent(schema, "columns.id", id);
    DataType type = schema.apply(id).dataType();
    if (type instanceof ArrayType || type instanceof MapType || type instanceof StructType) {
      throw new ConfigurationException(
          "columns.id: column %s must be text, a number or a time, which names a series; found %s"
              .formatted(id, type.simpleString()));
    }
  }

  private static void requireNumber(StructType schema, String setting, String column) {
    requirePresent(schema, setting, column);
    DataType type = schema.apply(column).dataType();
    if (!(type instanceof NumericType)) {
      throw new ConfigurationException(
          "%s: column %s must be a number, found %s"
              .formatted(setting, column, type.simpleString()));
    }
  }

  private static void requirePresent(StructType schema, String setting, String column) {
    List<String> present = List.of(schema.fieldNames());
    if (!present.contains(column)) {
      throw new ConfigurationException(
          "%s: there is no column %s; the data have %s%s"
              .formatted(
                  setting,
                  column.isEmpty() ? "\"\"" : column,
                  present,
                  NearestName.of(column, present)
                      .map(near -> "; did you mean " + near + "?")
                      .orElse("")));
    }
  }
}
