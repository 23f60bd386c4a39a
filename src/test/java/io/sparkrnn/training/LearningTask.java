package io.sparkrnn.training;

import io.sparkrnn.metric.Metrics;
import io.sparkrnn.network.InputColumn;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.network.NetworkDescription.Output;
import io.sparkrnn.objective.ClassificationDescription;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.testing.TestSettings;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A task on sequences of symbols whose solution is known.
 *
 * @param output whether there is a class for each step or for each sequence
 * @param symbols number of input symbols
 * @param openers how many of them, the first ones, open sequences and occur nowhere else
 * @param classes number of classes
 * @param rule the classes of a sequence of symbols
 */
record LearningTask(
    Output output, int symbols, int openers, int classes, Function<int[], int[]> rule) {

  /** Draws sequences, each symbol that may stand in a place as likely as another. */
  List<Sequence> draw(int count, int length, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count).mapToObj(i -> sequence(word(length, random))).toList();
  }

  private int[] word(int length, Random random) {
    int[] word = random.ints(length, openers, symbols).toArray();
    word[0] = openers > 0 ? random.nextInt(openers) : word[0];
    return word;
  }

  /** A sequence of these symbols. */
  Sequence sequence(int[] word) {
    return new Sequence(
        word.length, 1f, new float[][] {{}, {}}, new int[][] {word, rule.apply(word)});
  }

  /** Deals sequences to shards. */
  LocalShards<SequenceBatch> shards(List<Sequence> sequences, int count) {
    String target = ObjectiveDescription.TARGET;
    Column targets = output == Output.STEP ? Column.ids(target) : Column.sequenceId(target);
    return LocalShards.of(List.of(Column.ids("symbol"), targets), sequences, count);
  }

  /** An objective with a network of these settings. */
  ObjectiveDescription description(Object... networkKeysAndValues) {
    NetworkDescription network =
        new NetworkDescription(
            List.of(InputColumn.ids("symbol", symbols, 4)),
            TestSettings.network(networkKeysAndValues),
            output,
            classes);
    return new ClassificationDescription(network, List.of());
  }

  /** Trains on shards and gives the scores on others. */
  static Metrics scores(
      TrainingSettings settings,
      ObjectiveDescription description,
      LocalShards<SequenceBatch> train,
      LocalShards<SequenceBatch> test) {
    try (LocalCluster cluster = new LocalCluster(2)) {
      TrainingResult result =
          new Trainer<>(settings, description::build, cluster, TrainingListener.NONE)
              .fit(train, Optional.empty());
      return new Evaluation<>(description::build, settings.backend(), 100)
          .on(cluster, result.parameters(), test, "test");
    }
  }
}
