package io.sparkrnn.ml;

import io.sparkrnn.search.Hypothesis;
import io.sparkrnn.setting.Values;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a translator appends; empty names for none.
 *
 * @param prediction tokens of the best hypothesis
 * @param score of it
 * @param hypotheses all that the search gave, the best first: tokens, score
 */
record TranslationColumns(String prediction, String score, String hypotheses)
    implements Serializable {

  private static final DataType TOKENS = DataTypes.createArrayType(DataTypes.StringType, false);

  private static final DataType HYPOTHESES =
      DataTypes.createArrayType(
          DataTypes.createStructType(
              List.of(
                  DataTypes.createStructField("tokens", TOKENS, false),
                  DataTypes.createStructField("score", DataTypes.DoubleType, false))),
          false);

  static TranslationColumns of(Values values) {
    return new TranslationColumns(
        values.get(ColumnSettings.PREDICTION),
        values.get(TranslationSettings.SCORE),
        values.get(TranslationSettings.HYPOTHESES));
  }

  /** The schema with these columns at its end. */
  StructType appendTo(StructType schema) {
    List<StructField> fields = new ArrayList<>(List.of(schema.fields()));
    OutputColumns.append(fields, "columns.prediction", prediction, TOKENS);
    OutputColumns.append(fields, "columns.score", score, DataTypes.DoubleType);
    OutputColumns.append(fields, "columns.hypotheses", hypotheses, HYPOTHESES);
    return new StructType(fields.toArray(new StructField[0]));
  }

  /** A row that cannot be translated, with nulls. */
  Row withoutTranslation(Row row) {
    List<Object> values = valuesOf(row);
    for (String column : List.of(prediction, score, hypotheses)) {
      if (!column.isEmpty()) {
        values.add(null);
      }
    }
    return RowFactory.create(values.toArray());
  }

  private static List<Object> valuesOf(Row row) {
    List<Object> values = new ArrayList<>(row.size() + 3);
    for (int i = 0; i < row.size(); i++) {
      values.add(row.get(i));
    }
    return values;
  }

  /** A row with what was found for it. */
  Row append(Row row, List<Hypothesis> found, Function<List<Integer>, List<String>> terms) {
    List<Object> values = valuesOf(row);
    Hypothesis best = found.get(0);
    if (!prediction.isEmpty()) {
      values.add(terms.apply(best.tokens()).toArray(new String[0]));
    }
    if (!score.isEmpty()) {
      values.add(best.score());
    }
    if (!hypotheses.isEmpty()) {
      values.add(
          found.stream()
              .map(
                  one ->
                      RowFactory.create(
                          terms.apply(one.tokens()).toArray(new String[0]), one.score()))
              .toArray(Row[]::new));
    }
    return RowFactory.create(values.toArray());
  }
}
