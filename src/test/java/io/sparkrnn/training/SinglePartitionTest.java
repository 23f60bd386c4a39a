package io.sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.testing.Backends;
import io.sparkrnn.testing.Sample;
import io.sparkrnn.testing.Sample.Task;
import io.sparkrnn.testing.TestSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** With one partition training is, to the bit, the plain loop over mini-batches. */
class SinglePartitionTest {
  private static final int EPOCHS = 4;

  private static final Map<String, List<Object>> OPTIMIZERS =
      Map.of(
          "sgd",
          List.of(
              "optimizer.name", "sgd", "optimizer.learningRate", 0.3, "optimizer.clipNorm", 0.2),
          "momentum",
          List.of(
              "optimizer.name",
              "momentum",
              "optimizer.learningRate",
              0.1,
              "optimizer.weightDecay",
              0.01,
              "optimizer.schedule",
              "step",
              "optimizer.decayInterval",
              2.0,
              "averaging.period",
              "3"),
          "adam",
          List.of(
              "optimizer.name",
              "adam",
              "optimizer.learningRate",
              0.02,
              "optimizer.schedule",
              "cosine",
              "optimizer.warmup",
              1.5,
              "averaging.period",
              "1"));

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (String backend : Backends.ALL) {
      for (String optimizer : List.of("sgd", "momentum", "adam")) {
        for (Task task : Task.values()) {
          cases.add(Arguments.of(backend, task, optimizer));
        }
      }
    }
    return cases.stream();
  }

  private static ObjectiveDescription description(Sample sample) {
    return sample.description(
        "network.cell", "lstm",
        "network.hiddenSizes", List.of(4, 3),
        "network.bidirectional", true,
        "network.inputDropout", 0.1,
        "network.layerDropout", 0.2,
        "network.outputDropout", 0.3,
        "network.unknownRate", 0.1);
  }

  private static TrainingSettings settings(String backend, int batchSize, String optimizer) {
    List<Object> all = new ArrayList<>(OPTIMIZERS.get(optimizer));
    all.addAll(List.of("training.epochs", EPOCHS, "training.batchSize", batchSize));
    all.addAll(List.of("training.seed", 77L));
    return TestSettings.trainingOn(Backends.required(backend), all.toArray());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsThePlainLoopToTheBit(String backend, Task task, String optimizer) {
    Sample sample = Sample.random(task, 8, 23, 9);
    assertSame(settings(backend, 4, optimizer), sample);
  }

  @Test
  void batchesWithoutAnyTargetTakeNoStep() {
    Sample sample = Sample.random(Task.LABELLING, 3, 40, 2);
    long all = (long) EPOCHS * sample.sequences().size();
    assertThat(assertSame(settings("java", 1, "adam"), sample).steps()).isLessThan(all);
  }

  private static PlainLoop assertSame(TrainingSettings settings, Sample sample) {
    PlainLoop plain = new PlainLoop(settings, description(sample), sample);
    float[] expected = plain.run();
    TrainingResult result = Trainings.fit(settings, description(sample), sample, 1);
    assertThat(result.parameters()).isEqualTo(expected);
    assertThat(result.state().parameters()).isEqualTo(expected);
    assertThat(result.state().memory()).isEqualTo(plain.memory());
    assertThat(result.state().steps()).isEqualTo(plain.steps());
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      double loss = plain.losses().get(epoch);
      assertThat(result.history().get(epoch).loss()).isEqualTo(loss, within(1e-12 * loss));
    }
    return plain;
  }
}
