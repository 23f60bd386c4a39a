package io.sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.DataException;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.testing.Backends;
import io.sparkrnn.testing.Sample;
import io.sparkrnn.testing.Sample.Task;
import io.sparkrnn.testing.TestSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seed, data and P decide every bit; threads, order of arrival and empty shards do not. */
class ReproducibilityTest {
  private static final int PARTITIONS = 5;
  private static final Sample SAMPLE = Sample.random(Task.LABELLING, 21, 40, 9);

  private static ObjectiveDescription description() {
    return SAMPLE.description(
        "network.cell",
        "gru",
        "network.hiddenSizes",
        List.of(5),
        "network.bidirectional",
        true,
        "network.outputDropout",
        0.2,
        "network.unknownRate",
        0.1);
  }

  private static TrainingSettings settings(String backend, long seed, Object... others) {
    List<Object> all = new ArrayList<>(List.of(others));
    all.addAll(List.of("training.epochs", 3, "training.batchSize", 3, "training.seed", seed));
    all.addAll(List.of("averaging.period", "1", "averaging.blockMomentum", 0.3));
    return TestSettings.trainingOn(backend, all.toArray());
  }

  private static TrainingResult fit(TrainingSettings settings, Sample sample, int threads) {
    Shards<SequenceBatch> shards = sample.shards(PARTITIONS);
    return Trainings.fit(settings, description()::build, shards, threads);
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "openblas"})
  void anyNumberOfThreadsGivesTheSameBytes(String backend) {
    TrainingSettings settings = settings(Backends.required(backend), 1);
    TrainingResult one = fit(settings, SAMPLE, 1);
    for (int threads : new int[] {2, 7}) {
      TrainingResult many = fit(settings, SAMPLE, threads);
      assertThat(many.parameters()).isEqualTo(one.parameters());
      assertThat(many.state().memory()).isEqualTo(one.state().memory());
      assertThat(many.state().driver()).isEqualTo(one.state().driver());
      for (int epoch = 0; epoch < one.history().size(); epoch++) {
        assertThat(many.history().get(epoch).loss()).isEqualTo(one.history().get(epoch).loss());
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherDoesNot() {
    float[] first = fit(settings("java", 1), SAMPLE, 2).parameters();
    assertThat(fit(settings("java", 1), SAMPLE, 2).parameters()).isEqualTo(first);
    assertThat(fit(settings("java", 2), SAMPLE, 2).parameters()).isNotEqualTo(first);
  }

  @Test
  void theOrderOfArrivalDoesNotMatter() {
    List<Sequence> shuffled = new ArrayList<>(SAMPLE.sequences());
    Collections.shuffle(shuffled, new Random(3));
    assertThat(fit(settings("java", 1), new Sample(SAMPLE.task(), shuffled), 2).parameters())
        .isEqualTo(fit(settings("java", 1), SAMPLE, 2).parameters());
  }

  @Test
  void oneSequenceOnEightPartitionsIsOneSequence() {
    Sample one = Sample.of(Task.CLASSIFICATION, 2, 6);
    ObjectiveDescription description =
        one.description("network.cell", "lstm", "network.hiddenSizes", List.of(3));
    TrainingSettings settings = TestSettings.training("training.epochs", 5);
    TrainingResult alone = Trainings.fit(settings, description, one, 1);
    TrainingResult spread = Trainings.fit(settings, description, one, 8);
    assertThat(spread.parameters()).isEqualTo(alone.parameters());
    assertThat(spread.history()).extracting(EpochRecord::dropped).containsOnly(0);
    assertThat(spread.history().get(4).loss()).isLessThan(spread.history().get(0).loss());
  }

  @Test
  void validationOnAnyNumberOfPartitionsScoresTheSame() {
    Sample validation = Sample.random(Task.LABELLING, 22, 5, 9);
    for (int partitions : new int[] {2, 8}) {
      assertThat(
              validated(validation.shards(partitions)).validation().orElseThrow().get("accuracy"))
          .isEqualTo(validated(validation.shards(1)).validation().orElseThrow().get("accuracy"));
    }
  }

  private static EpochRecord validated(Shards<SequenceBatch> validation) {
    try (LocalCluster cluster = new LocalCluster(2)) {
      TrainingSettings settings = settings("java", 1, "training.metric", "accuracy");
      return new Trainer<>(settings, description()::build, cluster, TrainingListener.NONE)
          .fit(SAMPLE.shards(2), Optional.of(validation))
          .history()
          .get(2);
    }
  }

  @Test
  void whatFailsInAShardFailsTheTraining() {
    TrainingSettings settings = settings("java", 1);
    ObjectiveFactory<SequenceBatch> description =
        () -> {
          if (Thread.currentThread().getName().equals("local-cluster")) {
            throw new DataException("file 7, row 3: expected a number, found ?");
          }
          return description().build();
        };
    assertThatThrownBy(() -> Trainings.fit(settings, description, SAMPLE.shards(3), 2))
        .isInstanceOf(DataException.class)
        .hasMessage("file 7, row 3: expected a number, found ?");
  }
}
