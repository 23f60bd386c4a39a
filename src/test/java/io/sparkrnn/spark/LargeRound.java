package io.sparkrnn.spark;

import io.sparkrnn.metric.LossSum;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.training.Round;
import io.sparkrnn.training.Shard;
import io.sparkrnn.training.ShardResult;
import io.sparkrnn.training.ShardSummary;
import io.sparkrnn.training.Slice;
import io.sparkrnn.training.TrainingState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A program that runs one round in a driver of its own, on executors of their own, and says what
 * came out and how much of the driver's heap was alive at most.
 */
final class LargeRound {
  private LargeRound() {}

  /**
   * Arguments: shards, floats, folder where mishaps leave their marks, or "none" for no mishaps.
   */
  public static void main(String[] arguments) throws InterruptedException {
    int shards = Integer.parseInt(arguments[0]);
    int floats = Integer.parseInt(arguments[1]);
    SparkConf conf =
        new SparkConf()
            .setMaster("local-cluster[2,1,1024]")
            .setAppName("large round")
            .set("spark.ui.enabled", "false")
            .set("spark.testing.memory", Integer.toString(1 << 29)) // Spark asks for 450 MiB
            .set("spark.speculation", "true")
            .set("spark.speculation.interval", "100ms")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    try (JavaSparkContext context = new JavaSparkContext(conf);
        SparkCluster cluster = new SparkCluster(context);
        SparkShards data =
            SparkShards.of(
                "shards",
                RaggedTraining.SCHEMA,
                context.parallelize(RaggedTraining.sequences(shards), 2),
                shards)) {
      Formula round = new Formula(floats, arguments[2]);
      TrainingState start = TrainingState.first(new float[floats], new float[0], new float[0]);
      AtomicLong alive = new AtomicLong();
      Thread watching = new Thread(() -> watch(alive));
      watching.setDaemon(true);
      if (arguments[2].equals("none")) {
        watching.start(); // collections without end take half a core
      }
      Slice.Folded folded = cluster.run(round, start, data, "round");
      watching.interrupt();
      watching.join();
      System.out.printf("folded %d shards%n", folded.summaries().size());
      System.out.printf("hash %d%n", hash(folded.values()));
      System.out.printf("alive %d%n", alive.get());
    }
  }

  private static void watch(AtomicLong alive) {
    try {
      while (true) {
        System.gc();
        alive.accumulateAndGet(left(), Math::max);
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the last collection left: what was allocated since, however long ago, does not count. */
  private static long left() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
        .sum();
  }

  /** Of values, to the bit. */
  static long hash(float[] values) {
    long hash = 1;
    for (float value : values) {
      hash = 31 * hash + Float.floatToIntBits(value);
    }
    return hash;
  }

  /**
   * Vectors of a formula. If it is given a folder, the first task of shard 1 loses its way, that of
   * the last shard fails, and that of the middle one takes its executor with it, each once.
   */
  record Formula(int vectorLength, String marks) implements Round<SequenceBatch> {

    /** Value i of a shard: of many magnitudes, so that the order of a sum shows. */
    static float value(int shard, int i) {
      int mixed = (i * 0x9E3779B9 + shard * 0x85EBCA6B) ^ (i >>> 7);
      return (mixed >> 8) * (float) (1L << (mixed & 31)) * 0x1p-30f;
    }

    static long weight(int shard) {
      return 3 + shard % 5;
    }

    @Override
    public ShardResult work(TrainingState start, Shard<SequenceBatch> shard) {
      int index = shard.index();
      if (index == 1 && firstTime("late")) {
        sleep();
      }
      if (index == 63 && firstTime("failed")) {
        throw new IllegalStateException("fails once");
      }
      if (index == 32 && firstTime("died")) {
        Runtime.getRuntime().halt(1);
      }
      float[] vector = new float[vectorLength];
      for (int i = 0; i < vectorLength; i++) {
        vector[i] = value(index, i) + start.parameters()[i];
      }
      long weight = weight(index);
      LossSum loss = new LossSum(1, weight, weight);
      return new ShardResult(new ShardSummary(index, loss, 1, weight, weight, true), vector);
    }

    @Override
    public TrainingState advance(TrainingState state, Slice.Folded folded) {
      throw new UnsupportedOperationException("one round only");
    }

    private boolean firstTime(String what) {
      try {
        if (!marks.equals("none")) {
          Files.createFile(Path.of(marks, what));
          return true;
        }
        return false;
      } catch (FileAlreadyExistsException e) {
        return false;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void sleep() {
      try {
        Thread.sleep(20_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
