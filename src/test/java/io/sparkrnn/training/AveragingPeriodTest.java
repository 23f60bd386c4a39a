package io.sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.testing.TestSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rounds of n mini-batches: how many, who takes part, and what becomes of the optimizer's memory.
 */
class AveragingPeriodTest {
  private static TrainingSettings settings(Object... others) {
    List<Object> all = new ArrayList<>(List.of(others));
    all.addAll(List.of("training.batchSize", 1, "optimizer.learningRate", 0.5));
    all.addAll(List.of("optimizer.clipNorm", 0));
    return TestSettings.training(all.toArray());
  }

  private static List<Point> points(int count, float x) {
    return Collections.nCopies(count, new Point(1, x));
  }

  @ParameterizedTest
  @CsvSource({"epoch, 5, 1", "1, 5, 5", "2, 5, 3", "5, 5, 1", "6, 5, 1", "2, 6, 3", "3, 1, 1"})
  void anEpochHasAsManyRoundsAsTheLargestShardNeeds(String period, int points, int rounds) {
    TrainingSettings settings = settings("training.epochs", 3, "averaging.period", period);
    TrainingResult result =
        Trainings.fit(settings, 1, Point.shards(points(1, 2), points(points, 1), List.of()));
    assertThat(result.history()).extracting(EpochRecord::rounds).containsOnly(rounds);
    assertThat(result.state().rounds()).isEqualTo(3L * rounds);
    assertThat(result.state().epoch()).isEqualTo(3);
    assertThat(result.history())
        .extracting(EpochRecord::steps)
        .as("every sequence once an epoch")
        .containsOnly(points + 1L);
  }

  @Test
  void aShardWhoseMiniBatchesAreUsedUpGivesNothing() {
    TrainingSettings settings =
        settings("training.epochs", 1, "averaging.period", "2", "optimizer.name", "sgd");
    TrainingResult result = Trainings.fit(settings, 1, Point.shards(points(5, 1), points(2, 5)));
    // Halfway at each mini-batch. Round 1: (0.75 + 3.75) / 2 = 2.25; then the first shard alone:
    // 1.625, 1.3125; and in round 3: 1.15625.
    assertThat(result.parameters()).containsExactly(1.15625f);
    assertThat(result.state().steps()).isEqualTo(5);
  }

  @Test
  void averagedMemoryGoesOnAndResetMemoryBeginsAgain() {
    assertThat(withMomentum("average").parameters()).containsExactly(2f);
    assertThat(withMomentum("average").state().memory()).containsExactly(-2f);
    assertThat(withMomentum("reset").parameters()).containsExactly(1.5f);
    assertThat(withMomentum("reset").state().memory()).containsOnly(0f);
  }

  /**
   * θ = 0, points 1 and 3, μ = ½, rate ½. Round 1: v = −1 and −3, θ = ½ and 3/2; their means −2 and
   * 1. Round 2 from v = −2: v = −1 and −3, θ = 3/2 and 5/2, mean 2. From v = 0: v = 0 and −2, θ = 1
   * and 2, mean 3/2.
   */
  private static TrainingResult withMomentum(String memory) {
    TrainingSettings settings =
        settings(
            "training.epochs",
            1,
            "averaging.period",
            "1",
            "averaging.optimizerState",
            memory,
            "optimizer.name",
            "momentum",
            "optimizer.momentum",
            0.5);
    return Trainings.fit(settings, 1, Point.shards(points(2, 1), points(2, 3)));
  }
}
