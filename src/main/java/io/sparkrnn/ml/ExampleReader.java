package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Reads rows of a DataFrame as examples, or says what is wrong with them. */
final class ExampleReader implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int ABSENT = -1;

  private final CellReader features;
  private final int label;
  private final String labelColumn;
  private final TargetKind kind;
  private final CellReader labelCells;
  private final int weight;
  private final int validation;
  private final int id;
  private final Widths widths;

  /**
   * What reading a row gave.
   *
   * @param example if it can be used
   * @param problem if it cannot; else empty
   */
  record Read(Optional<Example> example, String problem) {}

  /**
   * Values a step that a trained model takes, or {@link #ABSENT} for any.
   *
   * @param features of numbers
   * @param targets of a regression
   */
  private record Widths(int features, int targets) implements Serializable {}

  private ExampleReader(
      StructType schema, ColumnSettings columns, TargetKind kind, boolean labels) {
    this.features =
        CellReader.of(schema, "columns.features", columns.features()).handling(columns.invalid());
    this.kind = kind;
    this.labelColumn = columns.label();
    this.label = labels ? CellReader.index(schema, "columns.label", columns.label()) : ABSENT;
    this.labelCells = labels ? labelCells(schema, columns.label(), kind) : features;
    this.weight = labels ? optional(schema, "columns.weight", columns.weight()) : ABSENT;
    this.validation =
        labels
            ? optional(schema, "columns.validationIndicator", columns.validationIndicator())
            : ABSENT;
    this.id = optional(schema, "columns.id", columns.id());
    this.widths = new Widths(ABSENT, ABSENT);
    if (weight != ABSENT) {
      require(schema, weight, "columns.weight", "a number", NumericType.class);
    }
    if (validation != ABSENT) {
      require(schema, validation, "columns.validationIndicator", "a boolean", BooleanType.class);
    }
  }

  private ExampleReader(ExampleReader same, Widths widths) {
    this.features = same.features;
    this.label = same.label;
    this.labelColumn = same.labelColumn;
    this.kind = same.kind;
    this.labelCells = same.labelCells;
    this.weight = same.weight;
    this.validation = same.validation;
    this.id = same.id;
    this.widths = widths;
  }

  /** The same for rows that a trained model is to take. */
  ExampleReader matching(Encoding trained) {
    if (trained.features().tokens() != (form() == CellReader.Form.TOKENS)) {
      throw new ConfigurationException(
          "columns.features: column %s must hold %s as in training"
              .formatted(
                  features.column(),
                  trained.features().tokens() ? "tokens" : "numbers, not tokens"));
    }
    return new ExampleReader(
        this, new Widths(trained.features().scaling().width(), trained.targets().outputs()));
  }

  /** Reads features and targets. */
  static ExampleReader labelled(StructType schema, ColumnSettings columns, TargetKind kind) {
    return new ExampleReader(schema, columns, kind, true);
  }

  /** Reads features alone. */
  static ExampleReader unlabelled(StructType schema, ColumnSettings columns, TargetKind kind) {
    return new ExampleReader(schema, columns, kind, false);
  }

  /** Form of the features. */
  CellReader.Form form() {
    return features.form();
  }

  /** Whether the labels are numbers, which predictions then are too. */
  static boolean numericLabels(StructType schema, String column, TargetKind kind) {
    DataType type = schema.fields()[CellReader.index(schema, "columns.label", column)].dataType();
    if (kind == TargetKind.CLASS) {
      return type instanceof NumericType;
    }
    return CellReader.of(schema, "columns.label", column).form() != CellReader.Form.TOKENS;
  }

  private static CellReader labelCells(StructType schema, String column, TargetKind kind) {
    int index = CellReader.index(schema, "columns.label", column);
    DataType type = schema.fields()[index].dataType();
    if (kind == TargetKind.CLASS) {
      if (!(type instanceof StringType) && !(type instanceof NumericType)) {
        throw new ConfigurationException(
            "columns.label: column %s must be a string or a number, the class of the sequence, found %s"
                .formatted(column, type.simpleString()));
      }
      return new CellReader(column, index, CellReader.Form.TOKENS, InvalidRows.ERROR);
    }
    CellReader reader = CellReader.of(schema, "columns.label", column);
    boolean tokens = reader.form() == CellReader.Form.TOKENS;
    boolean fits =
        switch (kind) {
          case STEP_VALUES -> !tokens;
          case TOKENS -> tokens;
          default -> tokens || reader.form() == CellReader.Form.NUMBERS;
        };
    if (!fits && kind == TargetKind.TOKENS) {
      throw new ConfigurationException(
          "columns.label: column %s must be an array of tokens (strings), found %s; split texts into tokens first"
              .formatted(column, type.simpleString()));
    }
    if (!fits) {
      throw new ConfigurationException(
          "columns.label: column %s must be an array of %s, one for every step, found %s"
              .formatted(
                  column,
                  kind == TargetKind.STEP_VALUES ? "numbers or vectors" : "labels",
                  type.simpleString()));
    }
    return reader;
  }

  private static int optional(StructType schema, String setting, String column) {
    return column.isEmpty() ? ABSENT : CellReader.index(schema, setting, column);
  }

  private static void require(
      StructType schema, int index, String setting, String expected, Class<?> type) {
    DataType found = schema.fields()[index].dataType();
    if (!type.isInstance(found)) {
      throw new ConfigurationException(
          "%s: column %s must be %s, found %s"
              .formatted(setting, schema.fields()[index].name(), expected, found.simpleString()));
    }
  }

  /** Reads one row. */
  Read read(Row row) {
    try {
      Features read = features.read(row.get(features.index()));
      requireFinite(read, features.column());
      boolean labelled = label != ABSENT;
      List<String> labels =
          labelled && kind != TargetKind.STEP_VALUES ? labels(row, read.length()) : List.of();
      Features.Numbers values =
          labelled && kind == TargetKind.STEP_VALUES
              ? values(row, read.length())
              : Example.NO_VALUES;
      boolean validates =
          validation != ABSENT && !row.isNullAt(validation) && row.getBoolean(validation);
      requireWidth(features.column(), widths.features, read);
      requireWidth(labelColumn, widths.targets, values);
      return new Read(Optional.of(new Example(read, labels, values, weight(row), validates)), "");
    } catch (CellReader.Invalid invalid) {
      return new Read(Optional.empty(), describe(row) + ": " + invalid.getMessage());
    }
  }

  private List<String> labels(Row row, int length) throws CellReader.Invalid {
    Object value = row.get(label);
    if (value == null) {
      throw new CellReader.Invalid("column %s is null".formatted(labelColumn));
    }
    if (kind == TargetKind.CLASS) {
      return List.of(text(value));
    }
    List<String> labels = new ArrayList<>();
    List<?> steps =
        value instanceof scala.collection.Seq<?> seq
            ? CollectionConverters.asJava(seq)
            : (List<?>) value;
    for (Object step : steps) {
      if (step == null && kind == TargetKind.TOKENS) {
        throw new CellReader.Invalid(
            "column %s: expected a token at step %d, found null"
                .formatted(labelColumn, labels.size() + 1));
      }
      labels.add(step == null ? Example.NOT_COUNTED : text(step));
    }
    if (kind != TargetKind.TOKENS) {
      requireLength(length, labels.size());
    }
    return labels;
  }

  private String text(Object value) throws CellReader.Invalid {
    if (!(value instanceof Number number)) {
      return (String) value;
    }
    double found = number.doubleValue();
    if (Double.isNaN(found) || Double.isInfinite(found)) {
      throw new CellReader.Invalid("column %s: found the label %s".formatted(labelColumn, found));
    }
    return Double.toString(found + 0.0); // −0 is the class 0
  }

  private Features.Numbers values(Row row, int length) throws CellReader.Invalid {
    Features.Numbers values = (Features.Numbers) labelCells.read(row.get(label));
    requireLength(length, values.length());
    for (double value : values.values()) {
      if (Math.abs(value) > Float.MAX_VALUE) {
        throw new CellReader.Invalid(
            "column %s: expected finite numbers (or NaN for none), found %s"
                .formatted(labelColumn, value));
      }
    }
    return values;
  }

  private void requireLength(int length, int found) throws CellReader.Invalid {
    if (length != found) {
      throw new CellReader.Invalid(
          "column %s: expected %d targets, one for every step of column %s, found %d"
              .formatted(labelColumn, length, features.column(), found));
    }
  }

  private static void requireWidth(String column, int expected, Features found)
      throws CellReader.Invalid {
    if (expected != ABSENT
        && found instanceof Features.Numbers numbers
        && numbers.length() > 0
        && numbers.width() != expected) {
      throw new CellReader.Invalid(
          "column %s: expected %d values a step as in training, found %d"
              .formatted(column, expected, numbers.width()));
    }
  }

  private float weight(Row row) throws CellReader.Invalid {
    if (weight == ABSENT) {
      return 1f;
    }
    Object value = row.get(weight);
    double found = value == null ? Double.NaN : ((Number) value).doubleValue();
    if (!(found >= 0 && found <= Float.MAX_VALUE)) {
      throw new CellReader.Invalid(
          "the weight must be a finite number of at least 0, found " + value);
    }
    return (float) found;
  }

  private static void requireFinite(Features features, String column) throws CellReader.Invalid {
    if (!(features instanceof Features.Numbers numbers)) {
      return;
    }
    for (int i = 0; i < numbers.values().length; i++) {
      double value = numbers.values()[i];
      if (!(Math.abs(value) <= Float.MAX_VALUE)) {
        throw new CellReader.Invalid(
            "column %s: expected a finite number at step %d, value %d, found %s"
                .formatted(column, i / numbers.width() + 1, i % numbers.width() + 1, value));
      }
    }
  }

  private String describe(Row row) {
    if (id != ABSENT) {
      return "row with id " + row.get(id);
    }
    String text = String.valueOf(row);
    return "row " + (text.length() > 80 ? text.substring(0, 80) + "…" : text);
  }
}
