package io.sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.math.Backend;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.network.NetworkDescription.Output;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.testing.TestSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tasks that need memory are learned to the last unseen sequence, however training is distributed;
 * without recurrence they are not.
 */
class LearningTest {
  /** y_t = x_t ⊕ x_{t−1}; the first step has no answer. */
  private static final LearningTask PARITY =
      new LearningTask(
          Output.STEP,
          2,
          0,
          2,
          word -> {
            int[] labels = new int[word.length];
            labels[0] = ObjectiveDescription.NOT_COUNTED;
            for (int t = 1; t < word.length; t++) {
              labels[t] = word[t] ^ word[t - 1];
            }
            return labels;
          });

  /** The class is the first symbol. */
  private static final LearningTask FIRST_SYMBOL =
      new LearningTask(Output.SEQUENCE, 6, 3, 3, word -> new int[] {word[0]});

  private static TrainingSettings settings(int epochs, double rate, Object... others) {
    return settingsOn(Backend.JAVA, epochs, rate, others);
  }

  /** The arithmetic of a processor that multiplies in bf16. */
  private static TrainingSettings bf16(int epochs, double rate, Object... others) {
    return settingsOn(Backend.choose(Backend.JAVA, Backend.BF16).resolved(), epochs, rate, others);
  }

  private static TrainingSettings settingsOn(
      String backend, int epochs, double rate, Object... others) {
    List<Object> all = new ArrayList<>(List.of(others));
    all.addAll(List.of("training.epochs", epochs, "training.batchSize", 10));
    all.addAll(List.of("optimizer.learningRate", rate));
    return TestSettings.trainingOn(backend, all.toArray());
  }

  /** Scores on unseen sequences after training on 400. */
  private static Metrics scores(
      LearningTask task, TrainingSettings settings, String cell, int units, int partitions) {
    int length = task.output() == Output.STEP ? 20 : 31;
    LocalShards<SequenceBatch> train = task.shards(task.draw(400, length, 1), partitions);
    LocalShards<SequenceBatch> test = task.shards(task.draw(200, length, 2), 2);
    ObjectiveDescription description =
        task.description("network.cell", cell, "network.hiddenSizes", List.of(units));
    return LearningTask.scores(settings, description, train, test);
  }

  private static double parity(TrainingSettings settings, String cell, int partitions) {
    return scores(PARITY, settings, cell, 8, partitions).value("accuracy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"srn", "srn-logistic", "lstm", "gru", "gru-reset-before"})
  void everyCellLearnsTheParityOfTheLastTwoBits(String cell) {
    assertThat(parity(settings(20, 0.02), cell, 1)).isEqualTo(1);
    assertThat(parity(bf16(20, 0.02), cell, 1)).as("in bf16").isEqualTo(1);
  }

  @Test
  void itIsLearnedHoweverTrainingIsDistributed() {
    assertThat(parity(settings(40, 0.02), "srn", 4)).as("once an epoch").isEqualTo(1);
    assertThat(parity(settings(20, 0.02, "averaging.period", "2"), "srn", 4)).isEqualTo(1);
    assertThat(parity(settings(30, 0.02, "averaging.optimizerState", "reset"), "srn", 2))
        .isEqualTo(1);
    assertThat(parity(settings(40, 0.02, "averaging.of", "gradients"), "srn", 4)).isEqualTo(1);
    TrainingSettings block =
        settings(
            20,
            0.02,
            "averaging.period",
            "2",
            "averaging.blockMomentum",
            0.5,
            "averaging.warmupRounds",
            5);
    assertThat(parity(block, "srn", 4)).as("block momentum").isEqualTo(1);
  }

  @Test
  void itIsLearnedInBf16HoweverTrainingIsDistributed() {
    assertThat(parity(bf16(40, 0.02), "srn", 4)).as("once an epoch").isEqualTo(1);
    assertThat(parity(bf16(20, 0.02, "averaging.period", "2"), "srn", 4)).isEqualTo(1);
    assertThat(parity(bf16(40, 0.02, "averaging.of", "gradients"), "srn", 4)).isEqualTo(1);
  }

  @Test
  void withoutMemoryItIsNotLearned() {
    assertThat(parity(settings(20, 0.02), NetworkSettings.NO_CELL, 1)).isBetween(0.4, 0.6);
  }

  @Test
  void anLstmRemembersTheFirstSymbolOverThirtySteps() {
    Metrics metrics = scores(FIRST_SYMBOL, settings(12, 0.01), "lstm", 16, 2);
    assertThat(metrics.value("accuracy")).isEqualTo(1);
    assertThat(metrics.value("loss")).isLessThan(0.01);
    Metrics rounded = scores(FIRST_SYMBOL, bf16(12, 0.01), "lstm", 16, 2);
    assertThat(rounded.value("accuracy")).as("in bf16").isEqualTo(1);
    assertThat(rounded.value("loss")).as("in bf16").isLessThan(0.01);
    Metrics without = scores(FIRST_SYMBOL, settings(5, 0.01), NetworkSettings.NO_CELL, 16, 2);
    assertThat(without.value("accuracy")).isBetween(0.2, 0.5);
  }
}
