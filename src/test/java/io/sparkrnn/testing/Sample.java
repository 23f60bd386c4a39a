package io.sparkrnn.testing;

import io.sparkrnn.network.InputColumn;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.network.NetworkDescription.Output;
import io.sparkrnn.objective.ClassificationDescription;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.objective.RegressionDescription;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.SequenceSet;
import io.sparkrnn.training.LocalShards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A small data set of one task: columns {@code x} of values and {@code word} of ids, and targets.
 *
 * @param task what is to be learned
 * @param sequences in the order drawn
 */
public record Sample(Task task, List<Sequence> sequences) {
  /** Width of the column x. */
  public static final int WIDTH = 2;

  /** Number of words. */
  public static final int WORDS = 6;

  /** Classes, or values a step. */
  public static final int OUTPUTS = 3;

  /** What is to be learned. */
  public enum Task {
    /** A class for each sequence. */
    CLASSIFICATION,
    /** A label for each step; about one in eight does not count. */
    LABELLING,
    /** Values for each step. */
    REGRESSION
  }

  /** Draws sequences of these lengths, of weights ½, 1 and 1½. */
  public static Sample of(Task task, long seed, int... lengths) {
    Random random = new Random(seed);
    List<Sequence> sequences = new ArrayList<>();
    for (int length : lengths) {
      float[][] values = {values(length * WIDTH, random), {}, {}};
      int[][] ids = {{}, random.ints(length, 0, WORDS).toArray(), {}};
      switch (task) {
        case CLASSIFICATION -> ids[2] = new int[] {random.nextInt(OUTPUTS)};
        case LABELLING -> ids[2] = labels(length, random);
        case REGRESSION -> values[2] = values(length * OUTPUTS, random);
      }
      float weight = 0.5f * (1 + random.nextInt(3));
      sequences.add(new Sequence(length, weight, values, ids));
    }
    return new Sample(task, sequences);
  }

  /** Draws as many sequences of 1 … {@code longest} steps. */
  public static Sample random(Task task, long seed, int count, int longest) {
    return of(task, seed, new Random(seed).ints(count, 1, longest + 1).toArray());
  }

  /** The columns. */
  public List<Column> schema() {
    String name = ObjectiveDescription.TARGET;
    Column target =
        switch (task) {
          case CLASSIFICATION -> Column.sequenceId(name);
          case LABELLING -> Column.ids(name);
          case REGRESSION -> Column.values(name, OUTPUTS);
        };
    return List.of(Column.values("x", WIDTH), Column.ids("word"), target);
  }

  /** Some of the sequences, in this order, as one batch. */
  public SequenceBatch batch(int... positions) {
    return new SequenceSet(schema(), sequences).gather(positions);
  }

  /** Deals the sequences to P shards. */
  public LocalShards<SequenceBatch> shards(int count) {
    return LocalShards.of(schema(), sequences, count);
  }

  /** An objective for the task; keys of the network's settings, each followed by its value. */
  public ObjectiveDescription description(Object... networkKeysAndValues) {
    NetworkDescription network =
        new NetworkDescription(
            List.of(InputColumn.values("x", WIDTH), InputColumn.ids("word", WORDS, 3)),
            TestSettings.network(networkKeysAndValues),
            task == Task.CLASSIFICATION ? Output.SEQUENCE : Output.STEP,
            OUTPUTS);
    return task == Task.REGRESSION
        ? new RegressionDescription(network, Normalizer.identity(OUTPUTS))
        : new ClassificationDescription(network, List.of());
  }

  private static float[] values(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }

  private static int[] labels(int count, Random random) {
    int[] labels = new int[count];
    Arrays.setAll(
        labels,
        t -> random.nextInt(8) == 0 ? ObjectiveDescription.NOT_COUNTED : random.nextInt(OUTPUTS));
    return labels;
  }
}
