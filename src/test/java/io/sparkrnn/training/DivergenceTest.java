package io.sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.DivergenceException;
import io.sparkrnn.testing.TestSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A shard that is not finite is left out and reported; with none left training ends and says so.
 */
class DivergenceTest {
  private static final List<Point> SOUND = List.of(new Point(2, 3f), new Point(2, 3f));

  private static TrainingSettings settings(String of) {
    return TestSettings.training(
        "training.epochs",
        2,
        "optimizer.name",
        "sgd",
        "optimizer.learningRate",
        0.5,
        "averaging.of",
        of);
  }

  private static List<Point> point(float x) {
    return List.of(new Point(7, x));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aShardThatIsNotFiniteIsLeftOutAndReported(float x) {
    for (String of : List.of("parameters", "gradients")) {
      LocalShards<List<Point>> shards = Point.shards(point(x), SOUND, point(x));
      TrainingResult result = Trainings.fit(settings(of), 1, shards);
      assertThat(result.parameters()).as(of).containsExactly(2.25f); // halfway to 3 twice
      assertThat(result.history()).extracting(EpochRecord::dropped).containsExactly(2, 2);
      assertThat(result.history()).extracting(EpochRecord::loss).containsExactly(4.5, 1.125);
      assertThat(result.history()).extracting(EpochRecord::steps).containsOnly(4L);
    }
  }

  @Test
  void soundShardsAreNeverReported() {
    TrainingResult result =
        Trainings.fit(settings("parameters"), 1, Point.shards(SOUND, List.of(), SOUND));
    assertThat(result.history()).extracting(EpochRecord::dropped).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"parameters", "gradients"})
  void withNoFiniteShardTrainingHasDiverged(String of) {
    assertDiverged(of, Point.shards(point(Float.NaN), point(Float.POSITIVE_INFINITY)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"parameters", "gradients"})
  void anIdleShardDoesNotHideThatTheWorkingOnesDiverged(String of) {
    assertDiverged(of, Point.shards(List.of(), point(Float.NaN), List.of()));
  }

  /** At rate 0.5 towards 3e38 and −3e38 a step of SGD at rate 4 leaves the floats. */
  private static TrainingSettings leaping(String policy, Object... others) {
    List<Object> all = new ArrayList<>(List.of(others));
    all.addAll(List.of("training.epochs", 3, "training.divergence", policy));
    all.addAll(List.of("optimizer.name", "sgd", "optimizer.learningRate", 4));
    all.addAll(List.of("optimizer.clipNorm", 0));
    return TestSettings.training(all.toArray());
  }

  @Test
  void rollbackBeginsTheEpochAnewWithSmallerStepsUntilItIsFinite() {
    TrainingResult result =
        Trainings.fit(leaping("rollback"), 1, Point.shards(point(3e38f), point(3e38f)));
    // 4 · 3e38 and 2 · 3e38 are no floats; 1 · 3e38 is, and is where the points are
    assertThat(result.parameters()).containsExactly(3e38f);
    assertThat(result.history()).extracting(EpochRecord::rollbacks).containsExactly(2, 0, 0);
    assertThat(result.history()).extracting(EpochRecord::learningRate).containsOnly(1.0);
    assertThat(result.history()).extracting(EpochRecord::dropped).containsExactly(4, 0, 0);
  }

  @Test
  void rollbacksHaveAnEnd() {
    assertThatThrownBy(
            () ->
                Trainings.fit(
                    leaping("rollback", "training.rollbacks", 1),
                    1,
                    Point.shards(point(3e38f), point(3e38f))))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("after 1 rollbacks in epoch 1/3");
    assertThatThrownBy(() -> Trainings.fit(leaping("rollback"), 1, Point.shards(point(Float.NaN))))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("after 3 rollbacks");
  }

  @Test
  void skipPassesOverARoundAndKeepsTheParametersAsTheyWere() {
    List<Point> mixed = List.of(new Point(1, Float.NaN), new Point(1, 3f), new Point(1, 3f));
    TrainingSettings settings =
        TestSettings.training(
            "training.epochs",
            2,
            "training.batchSize",
            1,
            "training.divergence",
            "skip",
            "averaging.period",
            "1",
            "optimizer.name",
            "sgd",
            "optimizer.learningRate",
            0.5);
    TrainingResult result = Trainings.fit(settings, 1, Point.shards(mixed));
    assertThat(result.parameters()).containsExactly(2.8125f); // halfway to 3 four times
    assertThat(result.history()).extracting(EpochRecord::dropped).containsExactly(1, 1);
    assertThat(result.state().rounds()).isEqualTo(6);
  }

  @Test
  void skippingAWholeEpochIsDivergenceToo() {
    assertThatThrownBy(() -> Trainings.fit(leaping("skip"), 1, Point.shards(point(Float.NaN))))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("epoch 1/3");
  }

  @Test
  void aStepOnTheDriverThatLeavesTheNumbersIsDivergenceToo() {
    TrainingSettings settings = leaping("fail", "averaging.of", "gradients");
    assertThatThrownBy(() -> Trainings.fit(settings, 1, Point.shards(point(3e38f), point(3e38f))))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("epoch 1/3, round 1/1");
  }

  @Test
  void aNetworkThatIsNeverFiniteOnValidationDataIsNotKept() {
    try (LocalCluster cluster = new LocalCluster(1)) {
      ObjectiveFactory<List<Point>> never = () -> new PointObjective(1, Double.POSITIVE_INFINITY);
      assertThatThrownBy(
              () ->
                  new Trainer<>(settings("parameters"), never, cluster, TrainingListener.NONE)
                      .fit(Point.shards(SOUND), Optional.of(Point.shards(SOUND))))
          .isInstanceOf(DivergenceException.class)
          .hasMessageContaining("after no epoch was the network finite on the validation data");
    }
  }

  private static void assertDiverged(String of, LocalShards<List<Point>> shards) {
    assertThatThrownBy(() -> Trainings.fit(settings(of), 1, shards))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("epoch 1/2, round 1/1")
        .hasMessageContaining("optimizer.learningRate");
  }
}
