package io.sparkrnn.training;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static io.sparkrnn.testing.Floats.widened;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.oracle.OracleAveraging;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.testing.Sample;
import io.sparkrnn.testing.Sample.Task;
import io.sparkrnn.testing.TestSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parameters of shards are averaged with the weight of the time steps that each really saw. */
class WeightedAveragingTest {
  private static final List<Point> SHORT = List.of(new Point(1, 5f), new Point(1, 5f));
  private static final List<Point> LONG = List.of(new Point(6, 1f));

  private static TrainingSettings oneEpoch(Object... others) {
    List<Object> all = new ArrayList<>(List.of(others));
    all.addAll(List.of("training.epochs", 1, "optimizer.name", "sgd", "optimizer.clipNorm", 0));
    return TestSettings.training(all.toArray());
  }

  @Test
  void twoShardsByHand() {
    TrainingSettings settings = oneEpoch("optimizer.learningRate", 1.0);
    TrainingResult result = Trainings.fit(settings, 1, Point.shards(SHORT, LONG));
    // At rate 1 each shard ends at its own points. By steps: (2·5 + 6·1) / 8 = 2. Alike it would be
    // 3, by sequences 11/3.
    assertThat(result.parameters()).containsExactly(2f);
    EpochRecord ended = result.history().get(0);
    assertThat(ended.steps()).isEqualTo(8);
    assertThat(ended.loss()).isEqualTo((12.5 + 12.5 + 0.5) / 3); // θ = 0, ½x² a point
  }

  @Test
  void threeShardsOfMiniBatchesByHand() {
    TrainingSettings settings = oneEpoch("optimizer.learningRate", 0.5, "training.batchSize", 1);
    List<Point> third = List.of(new Point(2, 8f), new Point(3, 8f), new Point(3, 8f));
    TrainingResult result = Trainings.fit(settings, 1, Point.shards(SHORT, LONG, third));
    // Halfway to x at each mini-batch: to 3.75 in two, to 0.5 in one, to 7 in three steps.
    assertThat(result.parameters()).containsExactly((2 * 3.75f + 6 * 0.5f + 8 * 7f) / 16);
    assertThat(result.state().steps()).isEqualTo(3); // of the shard that took most
  }

  @Test
  void shardsOfSequencesAreTheOraclesAverageOfTheirOwnTrainings() {
    Sample sample = Sample.of(Task.LABELLING, 4, 30, 17, 9, 9, 2, 1, 1, 5, 3);
    ObjectiveDescription description =
        sample.description("network.cell", "srn", "network.hiddenSizes", List.of(4));
    TrainingSettings settings = oneEpoch("optimizer.learningRate", 0.2, "training.batchSize", 2);
    LocalShards<SequenceBatch> shards = sample.shards(3);
    TrainingResult result = Trainings.fit(settings, description::build, shards, 3);

    List<double[]> ends = new ArrayList<>();
    for (Shard<SequenceBatch> own : shards.shards()) {
      ends.add(widened(alone(settings, description, own)));
    }
    double[] weights = shards.infos().stream().mapToDouble(ShardInfo::steps).toArray();
    assertThat(Arrays.stream(weights).distinct().count()).isGreaterThan(1);
    double[] expected = OracleAveraging.parameters(ends, weights);
    assertClose("mean", result.parameters(), expected, new Tolerance(1e-7, 0));
    assertThat(result.parameters())
        .isNotEqualTo(alone(settings, description, shards.shards().get(0)));
  }

  /** Trains where all shards but one are empty. */
  private static float[] alone(
      TrainingSettings settings, ObjectiveDescription description, Shard<SequenceBatch> own) {
    List<Shard<SequenceBatch>> shards = new ArrayList<>();
    Sample nothing = new Sample(Task.LABELLING, List.of());
    shards.addAll(nothing.shards(3).shards());
    shards.set(own.index(), own);
    return Trainings.fit(settings, description::build, new LocalShards<>(shards), 1).parameters();
  }
}
