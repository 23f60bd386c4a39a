package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a model appends. Predictions have the type of the labels: strings, or doubles
 * for numbers; probabilities are vectors in the order of the classes.
 *
 * @param prediction name, empty for none
 * @param predictionType its type
 * @param probability name, empty for none
 * @param probabilityType its type
 */
record OutputColumns(
    String prediction, DataType predictionType, String probability, DataType probabilityType)
    implements Serializable {

  /** Columns of a task; {@code plain}: one value a step, written as a number and not an array. */
  static OutputColumns of(ColumnSettings columns, TargetKind kind, boolean numeric, boolean plain) {
    DataType label = numeric ? DataTypes.DoubleType : DataTypes.StringType;
    DataType vector = SQLDataTypes.VectorType();
    return switch (kind) {
      case CLASS -> new OutputColumns(columns.prediction(), label, columns.probability(), vector);
      case STEP_LABELS ->
          new OutputColumns(
              columns.prediction(), array(label), columns.probability(), array(vector));
      case TOKENS -> new OutputColumns(columns.prediction(), array(label), "", DataTypes.NullType);
      case STEP_VALUES -> {
        DataType step = plain ? DataTypes.DoubleType : array(DataTypes.DoubleType);
        yield new OutputColumns(columns.prediction(), array(step), "", DataTypes.NullType);
      }
    };
  }

  /** Whether the label column of a regression has plain numbers. */
  static boolean plain(StructType schema, ColumnSettings columns, TargetKind kind) {
    return kind == TargetKind.STEP_VALUES
        && CellReader.of(schema, "columns.label", columns.label()).form()
            == CellReader.Form.NUMBERS;
  }

  /** The schema with these columns at its end. */
  StructType appendTo(StructType schema) {
    List<StructField> fields = new ArrayList<>(List.of(schema.fields()));
    append(fields, "columns.prediction", prediction, predictionType);
    append(fields, "columns.probability", probability, probabilityType);
    return new StructType(fields.toArray(new StructField[0]));
  }

  /** Adds a column unless it has no name. */
  static void append(List<StructField> fields, String setting, String name, DataType type) {
    if (name.isEmpty()) {
      return;
    }
    if (fields.stream().anyMatch(field -> field.name().equals(name))) {
      throw new ConfigurationException(
          "%s: the data already have a column %s; choose another name, or drop it"
              .formatted(setting, name));
    }
    fields.add(DataTypes.createStructField(name, type, true));
  }

  private static DataType array(DataType element) {
    return DataTypes.createArrayType(element, true);
  }
}
