package io.sparkrnn.spark;

import io.sparkrnn.TestSpark;
import io.sparkrnn.math.Backend;
import io.sparkrnn.network.InputColumn;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.objective.ClassificationDescription;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.optimizer.OptimizerSettings;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import io.sparkrnn.training.AveragingSettings;
import io.sparkrnn.training.ObjectiveFactory;
import io.sparkrnn.training.Shard;
import io.sparkrnn.training.TrainingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Ragged sequences of three classes, and trainings on them, for any cluster. */
final class RaggedTraining {

  static final List<Column> SCHEMA =
      List.of(Column.values("x", 3), Column.sequenceId(ObjectiveDescription.TARGET));

  private static final Settings SETTINGS =
      Settings.union(
          NetworkSettings.SETTINGS,
          OptimizerSettings.SETTINGS,
          AveragingSettings.SETTINGS,
          TrainingSettings.SETTINGS);

  private RaggedTraining() {}

  /** Sequences of 1 to 12 steps; some of them equal. */
  static List<Sequence> sequences(int count) {
    Random random = new Random(17);
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (i % 7 == 6) {
        sequences.add(sequences.get(i - 3));
        continue;
      }
      float[] x = new float[3 * (1 + random.nextInt(12))];
      for (int j = 0; j < x.length; j++) {
        x[j] = (float) random.nextGaussian();
      }
      float weight = i % 5 == 0 ? 2f : 1f;
      int[][] ids = {{}, {random.nextInt(3)}};
      sequences.add(new Sequence(x.length / 3, weight, new float[][] {x, {}}, ids));
    }
    return sequences;
  }

  static JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext());
  }

  static JavaRDD<Sequence> rdd(List<Sequence> sequences, int partitions) {
    return context().parallelize(sequences, partitions);
  }

  static TrainingSettings settings(Map<String, ?> byKey) {
    return TrainingSettings.from(Values.of(SETTINGS, byKey), Backend.JAVA);
  }

  static ObjectiveFactory<SequenceBatch> objective(Map<String, ?> byKey) {
    NetworkDescription network =
        new NetworkDescription(
            List.of(InputColumn.values("x", 3)),
            NetworkSettings.from(Values.of(SETTINGS, byKey)),
            NetworkDescription.Output.SEQUENCE,
            3);
    ObjectiveDescription description = new ClassificationDescription(network, List.of());
    return description::build;
  }

  /** Every number of a shard, in the order of its sequences. */
  static List<String> contents(Shard<SequenceBatch> shard) {
    List<String> contents = new ArrayList<>();
    for (int i = 0; i < shard.lengths().length; i++) {
      SequenceBatch one = shard.batch(new int[] {i});
      contents.add(
          "shard %d: %d steps, weight %s, target %s, x %s"
              .formatted(
                  shard.index(),
                  one.steps(),
                  one.weight(0),
                  Arrays.toString(one.ids(ObjectiveDescription.TARGET)),
                  Arrays.toString(one.values("x").data())));
    }
    return contents;
  }
}
