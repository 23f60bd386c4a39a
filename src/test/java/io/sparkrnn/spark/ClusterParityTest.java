package io.sparkrnn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.training.Cluster;
import io.sparkrnn.training.EpochRecord;
import io.sparkrnn.training.LocalCluster;
import io.sparkrnn.training.LocalShards;
import io.sparkrnn.training.Shards;
import io.sparkrnn.training.Trainer;
import io.sparkrnn.training.TrainingListener;
import io.sparkrnn.training.TrainingResult;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The result depends on seed, data and P alone, to the bit: not on the cluster. */
class ClusterParityTest {

  private static final List<Sequence> SEQUENCES = RaggedTraining.sequences(40);
  private static final List<Sequence> VALIDATION = RaggedTraining.sequences(11);

  private static final Map<String, Object> COMMON =
      Map.of(
          "network.hiddenSizes",
          List.of(5),
          "network.inputDropout",
          0.2,
          "network.outputDropout",
          0.3,
          "optimizer.learningRate",
          0.05,
          "training.epochs",
          2,
          "training.batchSize",
          4,
          "training.seed",
          11);

  static Stream<Arguments> trainings() {
    List<Map<String, Object>> variants =
        List.of(
            Map.of(),
            Map.of("averaging.period", 2, "averaging.optimizerState", "reset"),
            Map.of("averaging.of", "gradients"),
            Map.of(
                "averaging.period",
                1,
                "averaging.blockMomentum",
                0.5,
                "averaging.warmupRounds",
                1,
                "optimizer.name",
                "momentum"));
    return variants.stream()
        .flatMap(variant -> Stream.of(1, 2, 7, 64).map(shards -> Arguments.of(variant, shards)));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void sparkGivesTheBytesOfOneProcessByBothWaysOfReduction(
      Map<String, Object> variant, int shards) {
    Map<String, Object> settings = with(variant);
    TrainingResult local = local(settings, shards);
    assertThat(local.bestEpoch()).isPositive();
    try (SparkCluster onDriver = new SparkCluster(RaggedTraining.context());
        SparkCluster onExecutors = new SparkCluster(RaggedTraining.context(), 0, 61)) {
      assertSame(spark(onDriver, settings, shards), local);
      assertSame(spark(onExecutors, settings, shards), local);
    }
  }

  @Test
  void aSliceOfOneValueAndOneOfAllValuesGiveTheSameBytes() {
    Map<String, Object> settings = with(Map.of("training.epochs", 1));
    TrainingResult local = local(settings, 3);
    int all = local.parameters().length;
    for (int slice : new int[] {all / 2 + 1, 10 * all}) {
      try (SparkCluster cluster = new SparkCluster(RaggedTraining.context(), 0, slice)) {
        assertSame(spark(cluster, settings, 3), local);
      }
    }
  }

  @Test
  void twiceTheSameGivesTheSameBytesAndAnotherSeedDoesNot() {
    Map<String, Object> settings = with(Map.of());
    Map<String, Object> otherSeed = with(Map.of("training.seed", 12));
    try (SparkCluster cluster = new SparkCluster(RaggedTraining.context())) {
      TrainingResult first = spark(cluster, settings, 2);
      assertSame(spark(cluster, settings, 2), first);
      assertThat(spark(cluster, otherSeed, 2).parameters()).isNotEqualTo(first.parameters());
    }
  }

  @Test
  void numberOfShardsAndWayOfAveragingArePartOfTheResult() {
    TrainingResult reference = local(with(Map.of()), 2);
    assertThat(local(with(Map.of()), 5).parameters()).isNotEqualTo(reference.parameters());
    assertThat(local(with(Map.of("averaging.period", 2)), 2).parameters())
        .isNotEqualTo(reference.parameters());
    assertThat(local(with(Map.of("network.inputDropout", 0)), 2).parameters())
        .isNotEqualTo(reference.parameters());
  }

  @Test
  void shardsOfAnotherClusterAreRefusedByName() {
    Shards<SequenceBatch> local = LocalShards.of(RaggedTraining.SCHEMA, SEQUENCES, 2);
    try (SparkCluster cluster = new SparkCluster(RaggedTraining.context())) {
      assertThatThrownBy(() -> train(cluster, local, local, with(Map.of())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("SparkShards")
          .hasMessageContaining("LocalShards");
    }
  }

  private static Map<String, Object> with(Map<String, Object> variant) {
    Map<String, Object> settings = new LinkedHashMap<>(COMMON);
    settings.putAll(variant);
    return settings;
  }

  private static TrainingResult local(Map<String, Object> settings, int shards) {
    try (LocalCluster cluster = new LocalCluster(2)) {
      return train(
          cluster,
          LocalShards.of(RaggedTraining.SCHEMA, SEQUENCES, shards),
          LocalShards.of(RaggedTraining.SCHEMA, VALIDATION, shards),
          settings);
    }
  }

  private static TrainingResult spark(
      SparkCluster cluster, Map<String, Object> settings, int shards) {
    try (SparkShards train = shards("train", SEQUENCES, shards);
        SparkShards validation = shards("validation", VALIDATION, shards)) {
      return train(cluster, train, validation, settings);
    }
  }

  private static SparkShards shards(String name, List<Sequence> sequences, int shards) {
    return SparkShards.of(name, RaggedTraining.SCHEMA, RaggedTraining.rdd(sequences, 3), shards);
  }

  private static TrainingResult train(
      Cluster cluster,
      Shards<SequenceBatch> train,
      Shards<SequenceBatch> validation,
      Map<String, Object> settings) {
    return new Trainer<>(
            RaggedTraining.settings(settings),
            RaggedTraining.objective(settings),
            cluster,
            TrainingListener.NONE)
        .fit(train, Optional.of(validation));
  }

  private static void assertSame(TrainingResult found, TrainingResult expected) {
    assertThat(bits(found.parameters())).isEqualTo(bits(expected.parameters()));
    assertThat(bits(found.state().memory())).isEqualTo(bits(expected.state().memory()));
    assertThat(bits(found.state().driver())).isEqualTo(bits(expected.state().driver()));
    assertThat(found.history().stream().map(ClusterParityTest::timeless))
        .containsExactlyElementsOf(
            expected.history().stream().map(ClusterParityTest::timeless).toList());
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToIntBits(values[i]));
    return bits;
  }

  private static EpochRecord timeless(EpochRecord epoch) {
    return new EpochRecord(
        epoch.epoch(),
        epoch.epochs(),
        epoch.rounds(),
        epoch.loss(),
        epoch.learningRate(),
        epoch.validation(),
        epoch.steps(),
        0,
        0,
        epoch.best(),
        epoch.dropped(),
        epoch.rollbacks(),
        epoch.gradientNorms());
  }
}
