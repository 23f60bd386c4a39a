package io.sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.DivergenceException;
import io.sparkrnn.testing.TestSettings;
import java.util.List;
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

  private static void assertDiverged(String of, LocalShards<List<Point>> shards) {
    assertThatThrownBy(() -> Trainings.fit(settings(of), 1, shards))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("epoch 1/2, round 1/1")
        .hasMessageContaining("optimizer.learningRate");
  }
}
