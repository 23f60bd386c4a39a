package io.sparkrnn.ml;

import io.sparkrnn.TestSpark;
import java.lang.management.ManagementFactory;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Trains 200 rounds and prints, every 20, the heap that full collections leave. */
final class HeapRounds {

  private HeapRounds() {}

  public static void main(String[] arguments) {
    Dataset<Row> rows = Frames.series(300).selectExpr("*", "id like '%3' as held");
    Frames.regressor()
        .setHiddenSizes(100)
        .setValidationIndicatorCol("held")
        .setMaxIter(200)
        .setBatchSize(64)
        .setListener(
            epoch -> {
              if (epoch.epoch() % 20 == 0) {
                System.out.println("heap " + epoch.epoch() + " " + settledHeap());
              }
            })
        .fit(rows);
    TestSpark.session().stop();
  }

  /** Spark's cleaner hears of what is gone after a collection, and gives back more. */
  private static long settledHeap() {
    long least = Long.MAX_VALUE;
    for (int quiet = 0; quiet < 3; quiet++) {
      System.gc();
      sleep();
      long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      if (used < 0.999 * least) {
        quiet = 0;
      }
      least = Math.min(least, used);
    }
    return least;
  }

  private static void sleep() {
    try {
      Thread.sleep(150);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
