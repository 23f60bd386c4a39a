package io.sparkrnn.ml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Series in long format, and forecasters that learn them in no time. */
final class LongFrames {

  static final String SCHEMA = "id STRING, time INT, value DOUBLE";

  private LongFrames() {}

  /** Three noisy waves of 60 steps at different levels. */
  static List<Row> waves() {
    Random random = new Random(5);
    double[] noise = random.doubles(180).toArray();
    return rows(3, 60, (s, t) -> 10 * s + Math.sin(0.7 * t + s) + 0.3 * noise[60 * s + t]);
  }

  static List<Row> rows(int series, int steps, ToDoubleBiFunction<Integer, Integer> value) {
    List<Row> rows = new ArrayList<>();
    for (int s = 0; s < series; s++) {
      for (int t = 0; t < steps; t++) {
        rows.add(RowFactory.create("s" + s, 100 + t, value.applyAsDouble(s, t)));
      }
    }
    return rows;
  }

  static Dataset<Row> of(List<Row> rows) {
    return Frames.of(StructType.fromDDL(SCHEMA), rows);
  }

  /** The same rows in another order and number of partitions. */
  static Dataset<Row> shuffled(List<Row> rows, int partitions) {
    List<Row> other = new ArrayList<>(rows);
    Collections.shuffle(other, new Random(partitions));
    return of(other).repartition(partitions);
  }

  static SequenceForecaster forecaster() {
    return new SequenceForecaster("forecaster")
        .setIdCol("id")
        .setModel("gru")
        .setHorizon(3)
        .setContext(8)
        .setSeason(9)
        .setValidationFrom("60%")
        .setTestFrom("80%")
        .setHiddenSizes(4)
        .setMaxIter(2)
        .setBatchSize(2)
        .setPartitions(2)
        .setBackend("java");
  }

  static SequenceForecaster linear() {
    return forecaster().setModel("ar").set(ForecastSettings.DELAYS, 4);
  }
}
