package io.sparkrnn.ml;

import io.sparkrnn.TestSpark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Small DataFrames of sequences, and estimators that train on them in no time. */
final class Frames {

  private static final String[] WORDS = {"sun", "rain", "wind", "snow", "fog"};

  private Frames() {}

  /** Rows of a schema such as {@code id INT, features ARRAY<STRING>}. */
  static Dataset<Row> of(String ddl, Object[]... rows) {
    return of(StructType.fromDDL(ddl), Arrays.stream(rows).map(RowFactory::create).toList());
  }

  static Dataset<Row> of(StructType schema, List<Row> rows) {
    return TestSpark.session().createDataFrame(rows, schema);
  }

  static Object[] row(Object... values) {
    return values;
  }

  /** Sentences of 1 to 7 words; "dry" or "wet" by what the first word says. */
  static Dataset<Row> sentences(int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> words = words(i);
      boolean wet = words.get(0).equals("rain") || words.get(0).equals("snow");
      rows.add(RowFactory.create("s" + i, words, wet ? "wet" : "dry"));
    }
    return of(StructType.fromDDL("id STRING, features ARRAY<STRING>, label STRING"), rows);
  }

  /** The same sentences with a label for every word, null for every fourth word. */
  static Dataset<Row> tagged(int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> words = words(i);
      List<String> tags = new ArrayList<>();
      for (int t = 0; t < words.size(); t++) {
        tags.add(t % 4 == 3 ? null : words.get(t).length() == 4 ? "four" : "three");
      }
      rows.add(RowFactory.create("s" + i, words, tags));
    }
    return of(StructType.fromDDL("id STRING, features ARRAY<STRING>, label ARRAY<STRING>"), rows);
  }

  /** Ragged series of two numbers a step with their running sum as the target of every step. */
  static Dataset<Row> series(int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<List<Double>> steps = new ArrayList<>();
      List<Double> targets = new ArrayList<>();
      double sum = 0;
      for (int t = 0; t <= i % 6; t++) {
        double a = Math.sin(3.0 * i + t);
        double b = 100 + Math.cos(5.0 * i - t);
        sum += a;
        steps.add(List.of(a, b));
        targets.add(t % 5 == 4 ? Double.NaN : sum);
      }
      rows.add(RowFactory.create("s" + i, steps, targets));
    }
    return of(
        StructType.fromDDL("id STRING, features ARRAY<ARRAY<DOUBLE>>, label ARRAY<DOUBLE>"), rows);
  }

  /** A schema of features as vectors and a numeric label. */
  static StructType vectorSchema() {
    return new StructType()
        .add("features", DataTypes.createArrayType(SQLDataTypes.VectorType()))
        .add("label", DataTypes.DoubleType);
  }

  private static List<String> words(int i) {
    List<String> words = new ArrayList<>();
    for (int t = 0; t <= i % 7; t++) {
      words.add(WORDS[(i * 3 + t * t + t) % WORDS.length]);
    }
    return words;
  }

  static SequenceClassifier classifier() {
    return fast(new SequenceClassifier());
  }

  static SequenceLabeler labeler() {
    return fast(new SequenceLabeler());
  }

  static SequenceRegressor regressor() {
    return fast(new SequenceRegressor());
  }

  static <E extends SequenceEstimator<E, ?>> E fast(E estimator) {
    return estimator
        .setHiddenSizes(4)
        .setEmbeddingSizes(3)
        .setMaxIter(2)
        .setBatchSize(8)
        .setPartitions(2)
        .setLearningRate(0.05)
        .setSeed(5)
        .setBackend("java");
  }

  /** Rows in the order of a column, with every double as its exact text. */
  static List<String> texts(Dataset<Row> rows, String orderBy) {
    return rows.orderBy(orderBy).collectAsList().stream().map(Frames::text).toList();
  }

  static String text(Object value) {
    if (value instanceof Row row) {
      List<String> parts = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        parts.add(text(row.get(i)));
      }
      return parts.toString();
    }
    return value instanceof Vector vector ? Arrays.toString(vector.toArray()) : "" + value;
  }
}
