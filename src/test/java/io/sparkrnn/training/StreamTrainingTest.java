package io.sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.math.RandomKey;
import io.sparkrnn.network.LanguageDescription;
import io.sparkrnn.network.SoftmaxSettings;
import io.sparkrnn.objective.LanguageModellingDescription;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.testing.TestSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Rounds over streams: a round that begins in the middle of an epoch has the states that an
 * unbroken run would have brought there if its context reaches back to the beginnings; all segments
 * are trained on once an epoch whatever the period; nothing depends on threads.
 */
class StreamTrainingTest {
  private static final int VOCABULARY = 6;
  private static final int SEGMENT = 3;
  private static final int LANES = 2;

  /** Parameters of this size do not move by such steps, so that losses can be compared. */
  private static final double STILL = 1e-30;

  private final List<Sequence> documents = documents(11, new Random(4));

  @Test
  void aRoundWithContextGoesOnWhereAnUnbrokenEpochWouldBe() {
    double unbroken = firstEpochLoss("epoch", 0, STILL);
    int all = 1000;
    assertThat(firstEpochLoss("1", all, STILL)).isCloseTo(unbroken, within(1e-9));
    assertThat(firstEpochLoss("4", all, STILL)).isCloseTo(unbroken, within(1e-9));
    double withoutContext = firstEpochLoss("1", 0, STILL);
    double shortContext = firstEpochLoss("1", 1, STILL);
    assertThat(Math.abs(withoutContext - unbroken)).isGreaterThan(1e-4);
    assertThat(Math.abs(shortContext - unbroken))
        .isPositive()
        .isLessThan(Math.abs(withoutContext - unbroken));
  }

  @Test
  void gradientAveragingGoesOnTheSameWay() {
    double unbroken = firstEpochLoss("epoch", 0, STILL);
    TrainingResult result =
        fit(settings(1, STILL, "averaging.of", "gradients"), 1000, shards(1), 1);
    assertThat(result.history().get(0).loss()).isCloseTo(unbroken, within(1e-9));
  }

  @Test
  void everyStepIsTrainedOnOnceAnEpoch() {
    long steps = documents.stream().mapToLong(Sequence::length).sum();
    for (String period : List.of("epoch", "1", "3", "1000")) {
      for (int p : new int[] {1, 2, 3}) {
        TrainingResult result = fit(settings(2, 0.01, "averaging.period", period), 1, shards(p), 2);
        result.history().forEach(epoch -> assertThat(epoch.steps()).isEqualTo(steps));
      }
    }
  }

  @Test
  void theSameShardsGiveTheSameParametersWhateverTheThreads() {
    TrainingSettings settings = settings(3, 0.01, "averaging.period", "3");
    float[] one = fit(settings, 1, shards(3), 1).parameters();
    float[] three = fit(settings, 1, shards(3), 3).parameters();
    List<Sequence> turned = new ArrayList<>(documents);
    Collections.reverse(turned);
    LocalShards<SequenceBatch> others =
        LocalShards.of(
            LanguageModellingDescription.columns(), turned, 3, StreamShard.form(SEGMENT, LANES));
    assertThat(three).isEqualTo(one);
    assertThat(fit(settings, 1, others, 2).parameters()).isEqualTo(one);
  }

  @Test
  void evaluationInLanesIsThatOfOneDocumentAtATime() {
    ObjectiveDescription description = description(1);
    float[] parameters = description.build().layout().initialize(RandomKey.ofSeed(3));
    double[] losses = new double[2];
    try (LocalCluster cluster = new LocalCluster(2)) {
      for (int k = 0; k < 2; k++) {
        LocalShards<SequenceBatch> shards =
            LocalShards.of(
                LanguageModellingDescription.columns(),
                documents,
                1 + k,
                StreamShard.form(k == 0 ? 1000 : 2, k == 0 ? 1 : 5));
        losses[k] =
            new Evaluation<>(description::build, "java", 99)
                .on(cluster, parameters, shards, "test")
                .value("loss");
      }
    }
    assertThat(losses[1]).isCloseTo(losses[0], within(1e-6));
  }

  private double firstEpochLoss(String period, int context, double rate) {
    TrainingResult result =
        fit(settings(1, rate, "averaging.period", period), context, shards(1), 1);
    return result.history().get(0).loss();
  }

  private static TrainingResult fit(
      TrainingSettings settings, int context, Shards<SequenceBatch> shards, int threads) {
    return Trainings.fit(settings, description(context)::build, shards, threads);
  }

  private static ObjectiveDescription description(int context) {
    return new LanguageModellingDescription(
        new LanguageDescription(
            VOCABULARY,
            VOCABULARY,
            TestSettings.network(
                "network.cell", "gru",
                "network.hiddenSizes", List.of(5),
                "network.embeddingSizes", List.of(4)),
            new SoftmaxSettings("full", 1, List.of(), false)),
        context);
  }

  private static TrainingSettings settings(int epochs, double rate, String key, String value) {
    return TestSettings.training(
        "training.epochs",
        epochs,
        "training.batchSize",
        LANES,
        "optimizer.name",
        "sgd",
        "optimizer.learningRate",
        rate,
        key,
        value);
  }

  private LocalShards<SequenceBatch> shards(int count) {
    return LocalShards.of(
        LanguageModellingDescription.columns(), documents, count, StreamShard.form(SEGMENT, LANES));
  }

  private static List<Sequence> documents(int count, Random random) {
    List<Sequence> documents = new ArrayList<>();
    for (int d = 0; d < count; d++) {
      int length = 1 + random.nextInt(25);
      int[] ids = random.ints(length + 1L, 0, VOCABULARY).toArray();
      int[] ones = new int[length];
      Arrays.fill(ones, 1);
      documents.add(
          new Sequence(
              length,
              1f,
              new float[][] {{}, {}, {}},
              new int[][] {
                Arrays.copyOf(ids, length), Arrays.copyOfRange(ids, 1, length + 1), ones
              }));
    }
    return documents;
  }
}
