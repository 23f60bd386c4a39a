package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.metric.RegressionMetrics;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Errors of the predicted values of a partition of rows of two columns, a value or several a step.
 *
 * @param targets reads them
 * @param predictions reads them
 */
record PairedValues(CellReader targets, CellReader predictions)
    implements FlatMapFunction<Iterator<Row>, RegressionMetrics> {

  /** Checks the types of the columns. */
  static PairedValues of(StructType schema, String label, String prediction) {
    return new PairedValues(
        CellReader.of(schema, "columns.label", label),
        CellReader.of(schema, "columns.prediction", prediction));
  }

  /** The errors, if the partition has any row. */
  @Override
  public Iterator<RegressionMetrics> call(Iterator<Row> rows) {
    List<RegressionMetrics> errors = new ArrayList<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      Features.Numbers actual = read(targets, row.get(0));
      Features.Numbers predicted = read(predictions, row.get(1));
      if (actual.length() != predicted.length() || actual.width() != predicted.width()) {
        throw new DataException(
            "expected a prediction of %d steps of %d values as in column %s, found %d of %d"
                .formatted(
                    actual.length(),
                    actual.width(),
                    targets.column(),
                    predicted.length(),
                    predicted.width()));
      }
      if (errors.isEmpty()) {
        errors.add(new RegressionMetrics(actual.width()));
      }
      add(actual, predicted, errors.get(0));
    }
    return errors.iterator();
  }

  private static void add(
      Features.Numbers actual, Features.Numbers predicted, RegressionMetrics errors) {
    for (int i = 0; i < actual.values().length; i++) {
      if (!Double.isNaN(actual.values()[i])) {
        errors.add(i % actual.width(), actual.values()[i], predicted.values()[i]);
      }
    }
  }

  private static Features.Numbers read(CellReader reader, Object value) {
    try {
      return (Features.Numbers) reader.read(value);
    } catch (CellReader.Invalid e) {
      throw new DataException(e.getMessage(), e);
    }
  }
}
