package io.sparkrnn.ml;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;

/** What is noted of columns: units, classes of an index, names of a vector's values. */
final class ColumnMetadata {
  private ColumnMetadata() {}

  /** Rows that went through a function have lost it; here they have it again. */
  static Dataset<Row> noted(Dataset<Row> rows, StructType schema) {
    Metadata none = Metadata.empty();
    if (Arrays.stream(schema.fields()).allMatch(field -> field.metadata().equals(none))) {
      return rows;
    }
    return rows.select(
        Arrays.stream(schema.fields())
            .map(
                field ->
                    rows.col("`" + field.name().replace("`", "``") + "`")
                        .as(field.name(), field.metadata()))
            .toArray(Column[]::new));
  }
}
