package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads the sequence in one column of a row, by the type of the column.
 *
 * @param column name
 * @param index in the row
 * @param form of its values
 * @param invalid whether a null token is the unknown one, or no token at all
 */
record CellReader(String column, int index, Form form, InvalidRows invalid)
    implements Serializable {

  /** Forms of a sequence in a DataFrame. */
  enum Form {
    TOKENS,
    NUMBERS,
    ARRAYS,
    VECTORS
  }

  /** What is wrong with a value, told without the row. */
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;

    Invalid(String message) {
      super(message, null, false, false);
    }
  }

  /** Finds the column and checks its type. */
  static CellReader of(StructType schema, String setting, String column) {
    int index = index(schema, setting, column);
    DataType type = schema.fields()[index].dataType();
    Form form =
        form(type)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "%s: column %s must be an array of strings, numbers, arrays of numbers or vectors, found %s"
                            .formatted(setting, column, type.simpleString())));
    return new CellReader(column, index, form, InvalidRows.ERROR);
  }

  /** The same with another view of null tokens. */
  CellReader handling(InvalidRows rows) {
    return new CellReader(column, index, form, rows);
  }

  /** Finds a column. */
  static int index(StructType schema, String setting, String column) {
    List<String> names = List.of(schema.fieldNames());
    int index = names.indexOf(column);
    if (index < 0) {
      throw new ConfigurationException(
          "%s: there is no column %s; the data have %s".formatted(setting, column, names));
    }
    return index;
  }

  private static Optional<Form> form(DataType type) {
    if (!(type instanceof ArrayType array)) {
      return Optional.empty();
    }
    DataType element = array.elementType();
    if (element instanceof StringType) {
      return Optional.of(Form.TOKENS);
    }
    if (element instanceof NumericType) {
      return Optional.of(Form.NUMBERS);
    }
    if (element.equals(SQLDataTypes.VectorType())) {
      return Optional.of(Form.VECTORS);
    }
    return element instanceof ArrayType inner && inner.elementType() instanceof NumericType
        ? Optional.of(Form.ARRAYS)
        : Optional.empty();
  }

  /** Reads the sequence. */
  Features read(Object value) throws Invalid {
    if (value == null) {
      throw new Invalid("column %s is null".formatted(column));
    }
    List<?> steps = asList(value);
    if (steps.isEmpty()) {
      throw new Invalid("column %s is an empty sequence".formatted(column));
    }
    return form == Form.TOKENS ? tokens(steps) : numbers(steps);
  }

  private Features tokens(List<?> steps) throws Invalid {
    List<String> tokens = new ArrayList<>(steps.size());
    for (Object step : steps) {
      if (step == null && invalid != InvalidRows.KEEP) {
        throw new Invalid(
            "column %s: expected a token at step %d, found null"
                .formatted(column, tokens.size() + 1));
      }
      tokens.add(step == null ? Features.Tokens.UNKNOWN : (String) step);
    }
    return new Features.Tokens(tokens);
  }

  private Features numbers(List<?> steps) throws Invalid {
    int width = row(steps.get(0), 1).length;
    if (width == 0) {
      throw new Invalid("column %s: step 1 has no values".formatted(column));
    }
    double[] values = new double[Math.multiplyExact(steps.size(), width)];
    for (int t = 0; t < steps.size(); t++) {
      double[] row = row(steps.get(t), t + 1);
      if (row.length != width) {
        throw new Invalid(
            "column %s: expected %d values at step %d as at step 1, found %d"
                .formatted(column, width, t + 1, row.length));
      }
      System.arraycopy(row, 0, values, t * width, width);
    }
    return new Features.Numbers(values, width);
  }

  private double[] row(Object step, int t) throws Invalid {
    if (step == null) {
      throw new Invalid("column %s: expected numbers at step %d, found null".formatted(column, t));
    }
    return switch (form) {
      case NUMBERS -> new double[] {((Number) step).doubleValue()};
      case VECTORS -> ((Vector) step).toArray();
      default -> inner(asList(step), t);
    };
  }

  private double[] inner(List<?> row, int t) throws Invalid {
    double[] values = new double[row.size()];
    for (int j = 0; j < values.length; j++) {
      if (row.get(j) == null) {
        throw new Invalid(
            "column %s: expected a number at step %d, value %d, found null"
                .formatted(column, t, j + 1));
      }
      values[j] = ((Number) row.get(j)).doubleValue();
    }
    return values;
  }

  private static List<?> asList(Object value) {
    return value instanceof scala.collection.Seq<?> seq
        ? CollectionConverters.asJava(seq)
        : (List<?>) value;
  }
}
