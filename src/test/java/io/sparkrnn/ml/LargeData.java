package io.sparkrnn.ml;

import io.sparkrnn.TestSpark;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.RandomStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.RDDInfo;

/** Trains two epochs on sequences that are larger than the heap, and prints where they lay. */
final class LargeData {
  private static final int SEQUENCES = 16_000;
  private static final int STEPS = 100;
  private static final int WIDTH = 56;

  private LargeData() {}

  public static void main(String[] arguments) {
    SparkSession session = TestSpark.session();
    JavaRDD<Row> rows =
        session.range(0, SEQUENCES, 1, 32).toJavaRDD().map(number -> row(number.intValue()));
    SequenceClassificationModel model =
        new SequenceClassifier()
            .setHiddenSizes(8)
            .setCell("srn")
            .setMaxIter(2)
            .setBatchSize(64)
            .setPartitions(32)
            .setLearningRate(0.01)
            .setListener(epoch -> told(session))
            .fit(session.createDataFrame(rows, Frames.vectorSchema()));
    System.out.println("heap " + Runtime.getRuntime().maxMemory());
    System.out.println("shards " + (long) SEQUENCES * STEPS * WIDTH * Float.BYTES);
    System.out.println(
        "loss "
            + Arrays.stream(model.summary().objectiveHistory())
                .mapToObj(Double::toString)
                .collect(Collectors.joining(" ")));
    session.stop();
  }

  /** Noise, with a sign in the last step that is the class. */
  private static Row row(int number) {
    RandomStream random = RandomKey.ofSeed(7).child(number).stream();
    double[][] steps = new double[STEPS][WIDTH];
    for (double[] step : steps) {
      Arrays.setAll(step, j -> random.nextDouble() - 0.5);
    }
    steps[STEPS - 1][0] = number % 2 == 0 ? 1 : -1;
    Vector[] vectors = Arrays.stream(steps).map(Vectors::dense).toArray(Vector[]::new);
    return RowFactory.create(new Object[] {vectors, (double) (number % 2)});
  }

  private static void told(SparkSession session) {
    for (RDDInfo info : session.sparkContext().getRDDStorageInfo()) {
      if (info.name().equals("training shards")) {
        System.out.println("memory " + info.memSize());
        System.out.println("disk " + info.diskSize());
      }
    }
  }
}
