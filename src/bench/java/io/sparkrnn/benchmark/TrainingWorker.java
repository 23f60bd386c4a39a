package io.sparkrnn.benchmark;

import io.sparkrnn.math.Backend;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.optimizer.OptimizerSettings;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import io.sparkrnn.spark.SparkCluster;
import io.sparkrnn.spark.SparkShards;
import io.sparkrnn.training.AveragingSettings;
import io.sparkrnn.training.ShardInfo;
import io.sparkrnn.training.Trainer;
import io.sparkrnn.training.TrainingSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Trains one workload as users do, through Spark, trainer and parameter averaging, whenever it is
 * told to. A round is an epoch of all mini-batches of every shard.
 *
 * <pre>
 *   TrainingWorker WORKLOAD CORES SHARDS MINI-BATCHES [key=value …]      keys of a job file
 * </pre>
 *
 * Says {@code ready PARAMETERS DESCRIPTION} after its warm-up; for each line {@code run SECONDS} it
 * trains whole rounds until so long has been spent in them, and says {@code TIME_STEPS SECONDS
 * SLOWEST}, the last being the slowest task's time by the mean of the tasks. Ends with its input.
 */
public final class TrainingWorker {

  private static final Settings SETTINGS =
      Settings.union(
          TrainingSettings.SETTINGS, AveragingSettings.SETTINGS, OptimizerSettings.SETTINGS);

  /** For so long the JIT compiler is busy with Spark and us, and takes a core from the tasks. */
  private static final double WARM_UP_SECONDS = 15;

  private static final int WARM_UP_MINI_BATCHES = 20;

  private final Trainer<SequenceBatch> trainer;
  private long steps;
  private double seconds;

  private TrainingWorker(
      TrainingSettings settings, ObjectiveDescription objective, SparkCluster cluster) {
    trainer =
        new Trainer<>(
            settings,
            objective::build,
            cluster,
            epoch -> {
              steps += epoch.steps();
              seconds += epoch.trainingSeconds();
            });
  }

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    Workload workload = Workload.of(arguments[0]);
    int shardCount = Integer.parseInt(arguments[2]);
    int miniBatches = Integer.parseInt(arguments[3]);
    Values values = values(workload, List.of(arguments).subList(4, arguments.length));
    Backend.Choice backend =
        Backend.choose(
            values.get(TrainingSettings.BACKEND), values.get(TrainingSettings.PRECISION));
    ObjectiveDescription objective = WorkloadData.objective(workload);
    SparkConf conf =
        new SparkConf().setMaster("local[" + arguments[1] + "]").setAppName(workload.name());
    try (JavaSparkContext context = new JavaSparkContext(conf);
        SparkCluster cluster = new SparkCluster(context)) {
      TaskTimes tasks = new TaskTimes();
      context.sc().addSparkListener(tasks);
      TrainingWorker worker =
          new TrainingWorker(TrainingSettings.from(values, backend.name()), objective, cluster);
      try (SparkShards few =
          WorkloadData.shards(
              context, workload, shardCount, Math.min(miniBatches, WARM_UP_MINI_BATCHES))) {
        worker.train(few, WARM_UP_SECONDS);
      }
      try (SparkShards shards = WorkloadData.shards(context, workload, shardCount, miniBatches)) {
        System.out.printf(
            "ready %d %s, %d shards on %s cores, %d mini-batches a shard and round, time steps of the largest shard %.4f of the mean%n",
            objective.build().layout().size(),
            backend.name(),
            shardCount,
            arguments[1],
            miniBatches,
            imbalance(shards));
        worker.obey(shards, tasks);
      }
    }
  }

  private void obey(SparkShards shards, TaskTimes tasks) throws IOException {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      tasks.clear();
      train(shards, Double.parseDouble(line.split(" ", 2)[1]));
      System.out.printf("%d %.6f %.4f%n", steps, seconds, tasks.slowestByMean());
    }
  }

  /** Whole epochs, each a training of its own: the first parameters are made outside of rounds. */
  private void train(SparkShards shards, double leastSeconds) {
    steps = 0;
    seconds = 0;
    while (seconds < leastSeconds) {
      trainer.fit(shards, Optional.empty());
    }
  }

  private static double imbalance(SparkShards shards) {
    long most = shards.infos().stream().mapToLong(ShardInfo::steps).max().orElse(0);
    return most * (double) shards.count() / shards.steps();
  }

  private static Values values(Workload workload, List<String> given) {
    Map<String, Object> byKey = new HashMap<>();
    byKey.put("training.epochs", 1);
    byKey.put("training.batchSize", workload.batch());
    byKey.put("optimizer.name", "sgd");
    byKey.put("optimizer.learningRate", 0.01);
    byKey.put("optimizer.clipNorm", 0);
    if (workload.precision().equals(Workload.BF16)) {
      byKey.put("math.precision", Workload.BF16);
    }
    for (String assignment : given) {
      String[] parts = assignment.split("=", 2);
      byKey.put(parts[0], parts[1]);
    }
    return Values.of(SETTINGS, byKey);
  }
}
