package io.sparkrnn.spark;

import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.training.CheckpointFolder;
import io.sparkrnn.training.CheckpointSettings;
import io.sparkrnn.training.Checkpoints;
import io.sparkrnn.training.Cluster;
import io.sparkrnn.training.LocalCluster;
import io.sparkrnn.training.LocalShards;
import io.sparkrnn.training.Shards;
import io.sparkrnn.training.Trainer;
import io.sparkrnn.training.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;

/**
 * A driver of its own that trains under one fault after another, on executors that are processes,
 * and says what came of each: {@code RESULT name outcome seconds leftovers}.
 */
final class FaultProgram {
  /** A task sleeps for 3 s. */
  static final String LATE = "late";

  /** A task sleeps for 60 s: longer than Spark waits before it runs it on another host too. */
  static final String VERY_LATE = "very-late";

  private static final List<Sequence> SEQUENCES = RaggedTraining.sequences(40);
  private static final List<Sequence> VALIDATION = RaggedTraining.sequences(11);
  private static final int SHARDS = 4;

  /** Broadcasts of Spark's own that may be on their way out; a training has some forty of ours. */
  private static final int ON_THEIR_WAY = 3;

  private static final Map<String, Object> SETTINGS =
      Map.of(
          "network.cell",
          FaultyCell.class.getName(),
          "network.hiddenSizes",
          List.of(5),
          "network.outputDropout",
          0.3,
          "optimizer.learningRate",
          0.05,
          "averaging.period",
          "1",
          "training.epochs",
          4,
          "training.batchSize",
          4);

  private final JavaSparkContext context;
  private final Path folder;

  private FaultProgram(JavaSparkContext context, Path folder) {
    this.context = context;
    this.folder = folder;
  }

  /** Arguments: master, folder of faults, then names of faults. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    try (JavaSparkContext context = new JavaSparkContext(configuration(arguments[0], folder))) {
      System.out.println("APPLICATION " + context.sc().applicationId());
      FaultProgram program = new FaultProgram(context, folder);
      for (String fault : Arrays.copyOfRange(arguments, 2, arguments.length)) {
        program.run(fault);
      }
    }
  }

  static SparkConf configuration(String master, Path folder) {
    return new SparkConf()
        .setMaster(master)
        .setAppName("faults")
        .set("spark.ui.enabled", "false")
        .set("spark.executor.memory", "512m")
        .set("spark.executor.extraJavaOptions", SparkProcess.QUICK + " -XX:+UseSerialGC")
        .set("spark.testing.memory", Integer.toString(1 << 29)) // Spark asks for 450 MiB
        .set("spark.speculation", "true")
        .set("spark.speculation.interval", "100ms")
        .set("spark.speculation.minTaskRuntime", "2s")
        .set("spark.local.dir", folder.resolve("local").toString())
        .set("spark.executorEnv." + FaultyCell.FOLDER, folder.toString())
        .set("spark.executorEnv.SPARK_SCALA_VERSION", "2.13")
        .set("spark.executor.extraClassPath", SparkProcess.classPath());
  }

  private void run(String fault) throws Exception {
    long broadcasts = broadcasts();
    long began = System.nanoTime();
    String outcome;
    try {
      outcome = outcome(fault);
    } catch (Exception e) { // Spark's are checked ones that Scala does not declare
      outcome = "failed:" + rootMessage(e);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    Files.deleteIfExists(folder.resolve(FaultyCell.THROW));
    Files.deleteIfExists(folder.resolve(FaultyCell.SLOW));
    System.out.printf(
        "RESULT %s %s %.1f %s%n", fault, outcome.replace(' ', '_'), seconds, leftovers(broadcasts));
  }

  private String outcome(String fault) throws Exception {
    switch (fault) {
      case "quiet" -> {
        return trained(SHARDS, TrainingListener.NONE);
      }
      case "more-shards-than-slots" -> {
        return trained(16, TrainingListener.NONE);
      }
      case LATE -> {
        Files.writeString(folder.resolve(FaultyCell.SLEEP_ONCE), "3");
        return trained(SHARDS, TrainingListener.NONE);
      }
      case VERY_LATE -> {
        Files.writeString(folder.resolve(FaultyCell.SLEEP_ONCE), "60");
        return trained(SHARDS, TrainingListener.NONE);
      }
      case FaultyCell.THROW_ONCE, FaultyCell.THROW -> {
        Files.createFile(folder.resolve(fault));
        String outcome = trained(SHARDS, TrainingListener.NONE);
        return Files.exists(folder.resolve(fault)) ? "not-obeyed" : outcome;
      }
      case "lost-blocks" -> {
        int[] removed = {0};
        String outcome = trained(SHARDS, epoch -> removed[0] += removeBlocks());
        return removed[0] > 0 ? outcome : "nothing-was-lost";
      }
      case "executor-killed" -> {
        return killing(1);
      }
      case "executors-killed-again-and-again" -> {
        return killing(4);
      }
      default -> {
        if (fault.startsWith("worker-stopped=")) {
          return workerStopped(Long.parseLong(fault.substring(fault.indexOf('=') + 1)));
        }
        throw new IllegalArgumentException("no fault " + fault);
      }
    }
  }

  /** Kills an executor shortly after a task of a round has begun, some rounds apart. */
  private String killing(int kills) throws Exception {
    Files.createFile(folder.resolve(FaultyCell.SLOW));
    int[] rounds = {0};
    int[] killed = {0};
    SparkListener killer =
        new SparkListener() {
          @Override
          public void onTaskStart(SparkListenerTaskStart task) {
            if (task.taskInfo().index() == 1 && rounds[0]++ % 4 == 3 && killed[0] < kills) {
              List<ProcessHandle> executors = SparkProcess.executors(context.sc().applicationId());
              if (!executors.isEmpty()) {
                executors.get(killed[0] % executors.size()).destroyForcibly();
                killed[0]++;
              }
            }
          }
        };
    context.sc().addSparkListener(killer);
    try {
      String outcome = trained(SHARDS, TrainingListener.NONE);
      return killed[0] == kills ? outcome : "killed-only-" + killed[0];
    } finally {
      context.sc().removeSparkListener(killer);
    }
  }

  private String workerStopped(long pid) throws Exception {
    Files.createFile(folder.resolve(FaultyCell.SLOW));
    ProcessHandle worker = ProcessHandle.of(pid).orElseThrow();
    TrainingListener stopper =
        epoch -> {
          if (epoch.epoch() == 2) {
            worker.destroyForcibly();
          }
        };
    String outcome = trained(SHARDS, stopper);
    return worker.isAlive() ? "worker-lives" : outcome;
  }

  private int removeBlocks() {
    ArrayList<Integer> cached = new ArrayList<>(context.getPersistentRDDs().keySet());
    return context
        .parallelize(IntStream.range(0, 8).boxed().toList(), 8)
        .map(
            i -> {
              Thread.sleep(20); // so that every executor gets one
              int removed = 0;
              BlockManager blocks = SparkEnv.get().blockManager();
              for (int id : cached) {
                removed += // what removeRdd itself returns is 0 whatever it removes
                    blocks.getMatchingBlockIds(block -> isOf(block, id)).size();
                blocks.removeRdd(id);
              }
              return removed;
            })
        .reduce(Integer::sum);
  }

  private static boolean isOf(BlockId block, int rdd) {
    return block.asRDDId().exists(id -> id.rddId() == rdd);
  }

  private String trained(int shards, TrainingListener listener) {
    float[] found;
    try (SparkCluster cluster = new SparkCluster(context);
        SparkShards train = shards(context, SEQUENCES, shards);
        SparkShards validation = shards(context, VALIDATION, shards)) {
      found = fit(cluster, train, validation, listener, Checkpoints.Plan.NONE);
    }
    return Arrays.equals(found, expected(shards)) ? "same" : "different";
  }

  /** What threads of one process come to. */
  static float[] expected(int shards) {
    try (LocalCluster cluster = new LocalCluster(2)) {
      return fit(
          cluster,
          LocalShards.of(RaggedTraining.SCHEMA, SEQUENCES, shards),
          LocalShards.of(RaggedTraining.SCHEMA, VALIDATION, shards),
          TrainingListener.NONE,
          Checkpoints.Plan.NONE);
    }
  }

  /** Trains with checkpoints after every round, from the newest of them if there is one. */
  static float[] resumed(JavaSparkContext context, Path checkpoints, TrainingListener listener) {
    CheckpointSettings settings = new CheckpointSettings(checkpoints.toString(), 1, 0, 2, true);
    HadoopStorage storage =
        new HadoopStorage(checkpoints.toString(), context.hadoopConfiguration());
    try (SparkCluster cluster = new SparkCluster(context);
        SparkShards train = shards(context, SEQUENCES, SHARDS);
        SparkShards validation = shards(context, VALIDATION, SHARDS)) {
      Checkpoints.Plan plan = CheckpointFolder.plan(storage, settings, Map.of());
      return fit(cluster, train, validation, listener, plan);
    }
  }

  /** The bytes of a quiet run of {@link #resumed}. */
  static float[] expected() {
    return expected(SHARDS);
  }

  private static SparkShards shards(
      JavaSparkContext context, List<Sequence> sequences, int shards) {
    return SparkShards.of(
        "shards", RaggedTraining.SCHEMA, context.parallelize(sequences, 3), shards);
  }

  private static float[] fit(
      Cluster cluster,
      Shards<SequenceBatch> train,
      Shards<SequenceBatch> validation,
      TrainingListener listener,
      Checkpoints.Plan plan) {
    return new Trainer<>(
            RaggedTraining.settings(SETTINGS),
            RaggedTraining.objective(SETTINGS),
            cluster,
            listener,
            plan)
        .fit(train, Optional.of(validation))
        .parameters();
  }

  /** "clean", or what is left of a training that is over. */
  private String leftovers(long broadcastsBefore) throws InterruptedException {
    if (context.sc().isStopped()) {
      return "stopped";
    }
    long sum = context.parallelize(List.of(1, 2, 3, 4), 4).reduce(Integer::sum);
    long broadcasts = Long.MAX_VALUE;
    for (int i = 0; i < 50 && broadcasts > broadcastsBefore + ON_THEIR_WAY; i++) {
      System.gc(); // Spark's own broadcasts go when nobody holds them any more
      Thread.sleep(200);
      broadcasts = broadcasts();
    }
    int cached = context.getPersistentRDDs().size();
    return sum == 10 && cached == 0 && broadcasts <= broadcastsBefore + ON_THEIR_WAY
        ? "clean"
        : "sum=%d,cached=%d,broadcasts=%d-%d".formatted(sum, cached, broadcastsBefore, broadcasts);
  }

  private static long broadcasts() {
    return SparkEnv.get().blockManager().getMatchingBlockIds(id -> id.isBroadcast()).size();
  }

  private static String rootMessage(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
