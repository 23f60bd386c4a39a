package io.sparkrnn.objective;

import io.sparkrnn.network.InputColumn;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.network.NetworkDescription.Output;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.oracle.OracleNetwork;
import io.sparkrnn.oracle.OracleObjective;
import io.sparkrnn.oracle.OraclePooling;
import io.sparkrnn.oracle.OracleSequence;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The three tasks with the same inputs: two values, a word and a suffix at each step. */
enum Task {
  CLASSIFICATION {
    @Override
    void draw(OracleSequence sequence, boolean counted, Random random) {
      sequence.withLabels(counted ? random.nextInt(OUTPUTS) : ObjectiveDescription.NOT_COUNTED);
    }
  },
  LABELLING {
    @Override
    void draw(OracleSequence sequence, boolean counted, Random random) {
      int[] labels = random.ints(sequence.steps(), 0, OUTPUTS).toArray();
      if (!counted) {
        labels[0] = ObjectiveDescription.NOT_COUNTED;
        labels[labels.length - 1] = ObjectiveDescription.UNKNOWN_LABEL;
      }
      sequence.withLabels(labels);
    }
  },
  REGRESSION {
    @Override
    void draw(OracleSequence sequence, boolean counted, Random random) {
      double[][] targets = rows(sequence.steps(), OUTPUTS, random);
      if (!counted) {
        targets[0][1] = Double.NaN;
        Arrays.fill(targets[targets.length - 1], Double.NaN);
      }
      sequence.withTargets(targets);
    }
  };

  /** Classes, or values a step. */
  static final int OUTPUTS = 3;

  private static final int WORDS = 7;
  private static final int SUFFIXES = 4;

  static final List<Column> INPUTS =
      List.of(Column.values("x", 2), Column.ids("word"), Column.ids("suffix"));

  /** Gives a sequence targets; where not {@code counted} some of them do not count. */
  abstract void draw(OracleSequence sequence, boolean counted, Random random);

  /** Sequences of these lengths, of unlike weights, some targets of the first not counted. */
  List<OracleSequence> sequences(int[] lengths, Random random) {
    List<OracleSequence> sequences = new ArrayList<>();
    for (int length : lengths) {
      OracleSequence sequence =
          new OracleSequence(length)
              .withValues("x", rows(length, 2, random))
              .withIds("word", random.ints(length, 0, WORDS).toArray())
              .withIds("suffix", random.ints(length, 0, SUFFIXES).toArray())
              .withWeight(0.5 * (1 + random.nextInt(3)));
      draw(sequence, !sequences.isEmpty() || lengths.length == 1, random);
      sequences.add(sequence);
    }
    return sequences;
  }

  Column target() {
    String name = ObjectiveDescription.TARGET;
    return switch (this) {
      case CLASSIFICATION -> Column.sequenceId(name);
      case LABELLING -> Column.ids(name);
      case REGRESSION -> Column.values(name, OUTPUTS);
    };
  }

  ObjectiveDescription description(NetworkSettings settings, List<Double> classWeights) {
    NetworkDescription network =
        new NetworkDescription(
            List.of(
                InputColumn.values("x", 2),
                InputColumn.ids("word", WORDS, 2, 3),
                InputColumn.ids("suffix", SUFFIXES, 1, 2)),
            settings,
            this == CLASSIFICATION ? Output.SEQUENCE : Output.STEP,
            OUTPUTS);
    return this == REGRESSION
        ? new RegressionDescription(network, Normalizer.identity(OUTPUTS))
        : new ClassificationDescription(network, classWeights);
  }

  OracleObjective oracle(OracleNetwork network, OraclePooling pooling, List<Double> classWeights) {
    return switch (this) {
      case CLASSIFICATION -> new OracleObjective.Classification(network, pooling, classWeights);
      case LABELLING -> new OracleObjective.Labelling(network, classWeights);
      case REGRESSION -> new OracleObjective.Regression(network);
    };
  }

  /** Uniform in ±1, representable in float32. */
  private static double[][] rows(int count, int width, Random random) {
    double[][] rows = new double[count][width];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> 2 * random.nextFloat() - 1);
    }
    return rows;
  }
}
