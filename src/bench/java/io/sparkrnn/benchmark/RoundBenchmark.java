package io.sparkrnn.benchmark;

import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.RandomStream;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.spark.SparkCluster;
import io.sparkrnn.spark.SparkShards;
import io.sparkrnn.training.IdleRound;
import io.sparkrnn.training.Slice;
import io.sparkrnn.training.TrainingState;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What a round costs without its work, beside the least that Spark alone could do: broadcast N
 * floats, let each of P tasks give N floats, {@code reduce} them by elements.
 *
 * <pre>
 *   RoundBenchmark cost MASTER P,P,… N,N,…     milliseconds of both, turn by turn
 *   RoundBenchmark heap MASTER P,P,… N,N,…     largest live heap of this JVM, the driver, during rounds
 * </pre>
 */
public final class RoundBenchmark {

  private static final int WARM_UP_TURNS = 5;
  private static final int LEAST_TURNS = 7;
  private static final int MOST_TURNS = 41;
  private static final double SECONDS_A_ROW = 12;
  private static final double MIB = 1 << 20;

  private final JavaSparkContext context;
  private final SparkCluster cluster;

  private RoundBenchmark(JavaSparkContext context) {
    this.context = context;
    this.cluster = new SparkCluster(context);
  }

  /** See the class. */
  public static void main(String[] arguments) {
    String master = arguments[1];
    SparkConf conf =
        new SparkConf()
            .setMaster(master)
            .setAppName("round benchmark")
            // Executors of a local-cluster find these classes as this JVM does.
            .set("spark.executor.extraClassPath", absolute(System.getProperty("java.class.path")));
    try (JavaSparkContext context = new JavaSparkContext(conf)) {
      RoundBenchmark benchmark = new RoundBenchmark(context);
      int[] shards = numbers(arguments[2]);
      int[] lengths = numbers(arguments[3]);
      if (arguments[0].equals("cost")) {
        benchmark.cost(master, shards, lengths);
      } else {
        benchmark.heap(master, shards, lengths);
      }
    }
  }

  private void cost(String master, int[] shardCounts, int[] lengths) {
    MarkdownTable table =
        new MarkdownTable("P", "parameters", "round, ms", "Spark alone, ms", "ratio", "turns");
    for (int p : shardCounts) {
      try (SparkShards shards = shards(p)) {
        JavaRDD<Integer> plain =
            context.parallelize(IntStream.range(0, p).boxed().toList(), p).cache();
        plain.count();
        for (int n : lengths) {
          float[] parameters = parameters(n);
          IdleRound<SequenceBatch> round = new IdleRound<>(n);
          Supplier<float[]> ours = () -> round(round, parameters, shards);
          Supplier<float[]> spark = () -> broadcastAndReduce(parameters, plain);
          requireSame(n, ours.get(), spark.get(), p);
          Sample oursMillis = new Sample();
          Sample sparkMillis = new Sample();
          takeTurns(ours, spark, oursMillis, sparkMillis);
          table.row(
              p,
              "%,d".formatted(n),
              oursMillis.spread("%.1f"),
              sparkMillis.spread("%.1f"),
              oursMillis.over(sparkMillis).spread("%.2f"),
              oursMillis.values().size());
        }
        plain.unpersist();
      }
    }
    Page.write(
        "round-cost",
        "A round without work against Spark's own broadcast and reduce of as many floats, %s;%n"
                .formatted(master)
            + "medians (smallest–largest), turn by turn. "
            + Page.machine()
            + "\n\n"
            + table);
  }

  private void heap(String master, int[] shardCounts, int[] lengths) {
    MarkdownTable table =
        new MarkdownTable(
            "parameters", "P", "largest live heap, MiB", "of it above idle, MiB", "to first P");
    for (int n : lengths) {
      double first = 0;
      for (int p : shardCounts) {
        try (SparkShards shards = shards(p)) {
          float[] parameters = parameters(n);
          IdleRound<SequenceBatch> round = new IdleRound<>(n);
          round(round, parameters, shards);
          double idle = LiveHeap.now() / MIB;
          LiveHeap live = new LiveHeap();
          try (live) {
            long began = System.nanoTime();
            for (int i = 0; i < 5 || (i < 50 && secondsSince(began) < SECONDS_A_ROW); i++) {
              round(round, parameters, shards);
            }
          }
          double peak = live.peak() / MIB;
          first = first == 0 ? peak : first;
          table.row(
              "%,d".formatted(n),
              p,
              "%.1f (%d looks)".formatted(peak, live.samples()),
              "%.1f".formatted(peak - idle),
              "%.2f".formatted(peak / first));
          System.err.printf("%,d parameters, P = %d: %.1f MiB%n", n, p, peak);
        }
      }
    }
    Page.write(
        "round-heap",
        "Live heap of the driver during rounds without work, %s. %s%n%n%s"
            .formatted(master, Page.machine(), table));
  }

  /** What a trainer does in a round, apart from work. */
  private float[] round(IdleRound<SequenceBatch> round, float[] parameters, SparkShards shards) {
    TrainingState state = TrainingState.first(parameters, new float[0], new float[0]);
    Slice.Folded folded = cluster.run(round, round.start(state), shards, "round");
    return round.advance(state, folded).parameters();
  }

  private float[] broadcastAndReduce(float[] parameters, JavaRDD<Integer> plain) {
    Broadcast<float[]> broadcast = context.broadcast(parameters);
    float[] sum = plain.map(i -> broadcast.value()).reduce(RoundBenchmark::add);
    broadcast.destroy();
    return sum;
  }

  /** Into a new array, since a task's may be the broadcast one. */
  private static float[] add(float[] a, float[] b) {
    float[] sum = new float[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = a[i] + b[i];
    }
    return sum;
  }

  private static void takeTurns(
      Supplier<float[]> ours, Supplier<float[]> spark, Sample oursMillis, Sample sparkMillis) {
    for (int i = 0; i < WARM_UP_TURNS; i++) {
      millis(ours);
      millis(spark);
    }
    long began = System.nanoTime();
    while (oursMillis.values().size() < LEAST_TURNS
        || (oursMillis.values().size() < MOST_TURNS && secondsSince(began) < SECONDS_A_ROW)) {
      oursMillis.add(millis(ours));
      sparkMillis.add(millis(spark));
    }
  }

  private static double millis(Supplier<float[]> work) {
    long began = System.nanoTime();
    var unused = work.get();
    return secondsSince(began) * 1e3;
  }

  private static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e9;
  }

  /** The mean of P times the same is the same, and the sum is P times it. */
  private static void requireSame(int n, float[] mean, float[] sum, int p) {
    for (int i = 0; i < n; i++) {
      if (Math.abs(mean[i] - sum[i] / p) > 1e-5f) {
        throw new IllegalStateException(
            "parameter %d: the round gave %s, Spark alone %s".formatted(i, mean[i], sum[i] / p));
      }
    }
  }

  /** P shards of one sequence of one step each. */
  private SparkShards shards(int p) {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < p; i++) {
      sequences.add(new Sequence(1, 1f, new float[][] {{}}, new int[][] {{i}}));
    }
    return SparkShards.of(
        "idle", List.of(Column.ids("target")), context.parallelize(sequences, Math.min(p, 2)), p);
  }

  private static float[] parameters(int n) {
    RandomStream random = RandomKey.ofSeed(n).stream();
    float[] parameters = new float[n];
    for (int i = 0; i < n; i++) {
      parameters[i] = random.nextFloat() - 0.5f;
    }
    return parameters;
  }

  private static int[] numbers(String list) {
    return Pattern.compile(",").splitAsStream(list).mapToInt(Integer::parseInt).toArray();
  }

  private static String absolute(String classPath) {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(classPath)
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
