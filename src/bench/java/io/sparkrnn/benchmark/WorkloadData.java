package io.sparkrnn.benchmark;

import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.RandomStream;
import io.sparkrnn.network.InputColumn;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.objective.ClassificationDescription;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.setting.Values;
import io.sparkrnn.spark.SparkShards;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;

/** Our network for a workload, and random sequences for it. */
final class WorkloadData {

  private static final String INPUT = "x";
  private static final int SEQUENCES_A_SLICE = 2048;

  private WorkloadData() {}

  static ObjectiveDescription objective(Workload workload) {
    NetworkSettings settings =
        NetworkSettings.from(
            Values.of(
                NetworkSettings.SETTINGS,
                Map.of(
                    "network.cell",
                    workload.cell(),
                    "network.hiddenSizes",
                    List.of(workload.hidden()),
                    "network.bidirectional",
                    workload.bidirectional())));
    InputColumn input =
        workload.vocabulary() == 0
            ? InputColumn.values(INPUT, workload.inputs())
            : InputColumn.ids(INPUT, workload.vocabulary(), workload.inputs());
    return new ClassificationDescription(
        new NetworkDescription(
            List.of(input), settings, NetworkDescription.Output.STEP, workload.classes()),
        List.of());
  }

  /** Shards of so many mini-batches each. */
  static SparkShards shards(
      JavaSparkContext context, Workload workload, int shards, int miniBatches) {
    long count = (long) shards * miniBatches * workload.batch();
    int slices = (int) Math.max(shards, count / SEQUENCES_A_SLICE);
    Column input =
        workload.vocabulary() == 0 ? Column.values(INPUT, workload.inputs()) : Column.ids(INPUT);
    return SparkShards.of(
        "random sequences",
        List.of(input, Column.ids(ObjectiveDescription.TARGET)),
        context
            .parallelize(LongStream.range(0, count).boxed().toList(), slices)
            .map(i -> sequence(workload, i)),
        shards);
  }

  private static Sequence sequence(Workload workload, long index) {
    RandomStream random = RandomKey.ofSeed(index).stream();
    int spread = workload.longest() - workload.shortest() + 1;
    int steps = workload.shortest() + random.nextInt(spread);
    int[] targets = ids(steps, workload.classes(), random);
    if (workload.vocabulary() > 0) {
      int[] words = ids(steps, workload.vocabulary(), random);
      return new Sequence(steps, 1f, new float[][] {{}, {}}, new int[][] {words, targets});
    }
    float[] values = new float[steps * workload.inputs()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return new Sequence(steps, 1f, new float[][] {values, {}}, new int[][] {{}, targets});
  }

  private static int[] ids(int count, int bound, RandomStream random) {
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = random.nextInt(bound);
    }
    return ids;
  }
}
