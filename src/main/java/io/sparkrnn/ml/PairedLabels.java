package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import scala.Tuple2;

/**
 * Targets and predicted labels of rows of two columns: one pair a row, or one a step.
 *
 * @param steps whether the columns are arrays
 */
record PairedLabels(boolean steps) implements FlatMapFunction<Row, Tuple2<String, String>> {

  /** Order of pairs. */
  static final Comparator<Tuple2<String, String>> ORDER =
      Comparator.comparing((Tuple2<String, String> pair) -> pair._1).thenComparing(pair -> pair._2);

  /** Checks the types of the columns. */
  static PairedLabels of(StructField target, StructField prediction) {
    boolean steps = target.dataType() instanceof ArrayType;
    if (steps != prediction.dataType() instanceof ArrayType
        || !isLabel(element(target.dataType()))
        || !isLabel(element(prediction.dataType()))) {
      throw new ConfigurationException(
          "columns.label, columns.prediction: expected strings or numbers in both columns, or arrays of them in both, found %s %s and %s %s"
              .formatted(
                  target.name(),
                  target.dataType().simpleString(),
                  prediction.name(),
                  prediction.dataType().simpleString()));
    }
    return new PairedLabels(steps);
  }

  private static DataType element(DataType type) {
    return type instanceof ArrayType array ? array.elementType() : type;
  }

  private static boolean isLabel(DataType type) {
    return type instanceof StringType || type instanceof NumericType;
  }

  @Override
  public Iterator<Tuple2<String, String>> call(Row row) {
    if (row.isNullAt(0) || row.isNullAt(1)) {
      throw new DataException(
          "a row has no %s, and cannot be evaluated; leave such rows out first"
              .formatted(row.isNullAt(0) ? "target" : "prediction"));
    }
    List<?> targets = steps ? row.getList(0) : List.of(row.get(0));
    List<?> predictions = steps ? row.getList(1) : List.of(row.get(1));
    if (targets.size() != predictions.size()) {
      throw new DataException(
          "expected as many predictions as targets, %d, found %d"
              .formatted(targets.size(), predictions.size()));
    }
    List<Tuple2<String, String>> pairs = new ArrayList<>();
    for (int t = 0; t < targets.size(); t++) {
      if (targets.get(t) != null) {
        pairs.add(new Tuple2<>(text(targets.get(t)), text(predictions.get(t))));
      }
    }
    return pairs.iterator();
  }

  /** 1, 1.0 and "1.0" are one label, as they are in training. */
  private static String text(Object label) {
    return label instanceof Number number
        ? Double.toString(number.doubleValue() + 0.0)
        : String.valueOf(label);
  }
}
