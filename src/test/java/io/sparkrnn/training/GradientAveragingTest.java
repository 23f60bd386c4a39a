package io.sparkrnn.training;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static io.sparkrnn.testing.Floats.widened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.testing.Sample;
import io.sparkrnn.testing.Sample.Task;
import io.sparkrnn.testing.TestSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Averaging the gradient of every mini-batch over P shards is a step on one batch P times as large,
 * whatever the shards' sizes and the weights in them.
 */
class GradientAveragingTest {
  private static final int EPOCHS = 5;
  private static final Tolerance TOLERANCE = new Tolerance(2e-5, 1e-6);

  static Stream<Arguments> tasksAndPartitions() {
    List<Arguments> cases = new ArrayList<>();
    for (Task task : Task.values()) {
      for (int partitions : new int[] {2, 3, 7}) {
        cases.add(Arguments.of(task, partitions, "sgd", 0.3));
        cases.add(Arguments.of(task, partitions, "adam", 0.02));
      }
    }
    return cases.stream();
  }

  private static ObjectiveDescription description(Sample sample) {
    return sample.description("network.cell", "gru", "network.hiddenSizes", List.of(5));
  }

  @ParameterizedTest
  @MethodSource("tasksAndPartitions")
  void shardsTogetherTakeTheStepOfOneBigBatch(
      Task task, int partitions, String optimizer, double learningRate) {
    Sample sample = Sample.random(task, 12, 31, 9);
    List<Object> keys = new ArrayList<>();
    keys.addAll(List.of("training.epochs", EPOCHS, "training.batchSize", 31));
    keys.addAll(List.of("optimizer.name", optimizer, "optimizer.learningRate", learningRate));
    PlainLoop plain =
        new PlainLoop(TestSettings.training(keys.toArray()), description(sample), sample);
    float[] expected = plain.run();

    keys.addAll(List.of("averaging.of", "gradients"));
    TrainingSettings settings = TestSettings.training(keys.toArray());
    TrainingResult result = Trainings.fit(settings, description(sample), sample, partitions);
    assertClose("parameters", result.parameters(), widened(expected), TOLERANCE);
    assertThat(result.state().steps()).isEqualTo(EPOCHS);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      assertThat(result.history().get(epoch).loss())
          .isEqualTo(plain.losses().get(epoch), within(2e-5));
    }
  }

  @Test
  void aShardWithoutFurtherBatchesStandsAside() {
    TrainingSettings settings =
        TestSettings.training(
            "training.epochs",
            1,
            "training.batchSize",
            1,
            "averaging.of",
            "gradients",
            "optimizer.name",
            "sgd",
            "optimizer.learningRate",
            0.5);
    List<Point> two = List.of(new Point(1, 4f), new Point(1, 4f));
    List<Point> one = List.of(new Point(1, 0f));
    TrainingResult result = Trainings.fit(settings, 1, Point.shards(two, List.of(), one));
    // Round 1 goes half the way to the mean of 4 and 0; round 2, alone, half the way to 4.
    assertThat(result.parameters()).containsExactly(2.5f);
    assertThat(result.history().get(0).rounds()).isEqualTo(2);
    assertThat(result.history().get(0).steps()).isEqualTo(3);
  }
}
