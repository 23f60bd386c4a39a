package io.sparkrnn.reader;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Names and types of the columns that readers give. */
final class Columns {
  /** A text that is different for every row. */
  static final String ID = "id";

  /** Time steps by dimensions, or by value columns. */
  static final String FEATURES = "features";

  /** The class of a row, or the target value at every step. */
  static final String LABEL = "label";

  /** The words or characters of a row. */
  static final String TOKENS = "tokens";

  /** The class of every token. */
  static final String LABELS = "labels";

  /** The text of a row. */
  static final String TEXT = "text";

  /** The time of every step. */
  static final String TIMES = "times";

  static final DataType TEXTS = DataTypes.createArrayType(DataTypes.StringType, false);
  static final DataType NUMBERS = DataTypes.createArrayType(DataTypes.DoubleType, false);
  static final DataType STEPS = DataTypes.createArrayType(NUMBERS, false);

  private Columns() {}

  static StructField column(String name, DataType type) {
    return DataTypes.createStructField(name, type, false);
  }

  static StructType schema(StructField... columns) {
    return DataTypes.createStructType(List.of(columns));
  }
}
