package io.sparkrnn.ml;

import java.lang.reflect.InvocationTargetException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.QueryExecution;

/**
 * The rows of a DataFrame in Spark's own form, whose arrays of numbers are copied whole and not
 * value by value.
 *
 * <p>Spark 4 moved the DataFrames that have a plan into {@code org.apache.spark.sql.classic}, a
 * class that Spark 3.5 does not have; the plan is therefore asked of the object, whatever its
 * class.
 */
final class PlainRows {
  private PlainRows() {}

  /** All rows. Spark may give the same object again for the next row: read it at once. */
  static JavaRDD<InternalRow> of(Dataset<Row> rows) {
    try {
      Object plan = rows.getClass().getMethod("queryExecution").invoke(rows);
      return ((QueryExecution) plan).toRdd().toJavaRDD();
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "expected a DataFrame with a plan, of a session in this JVM, found %s"
              .formatted(rows.getClass().getName()),
          e);
    }
  }
}
