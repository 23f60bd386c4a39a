package io.sparkrnn.objective;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.JavaGemm;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.RandomStream;
import io.sparkrnn.network.InputColumn;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.SequenceSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the gradient of a network around a cell with differences of its loss, tensor by tensor,
 * along random directions v: (L(θ + εv) − L(θ − εv)) / 2ε against ∇L·v. What a user's own cell is
 * put through before it is trained. Single precision bounds how closely the two can agree.
 */
public final class GradientCheck {

  private static final int WIDTH = 2;
  private static final int CLASSES = 3;
  private static final int HIDDEN = 3;
  private static final float STEP = 1e-2f;
  private static final double TOLERANCE = 2e-2;
  private static final int DIRECTIONS = 8;

  private final Objective<SequenceBatch> objective;
  private final SequenceBatch batch;
  private final float[] parameters;
  private final Gradient gradient;
  private final Pass pass;

  private GradientCheck(String cell) {
    NetworkSettings settings =
        new NetworkSettings(
            cell,
            List.of(HIDDEN),
            true,
            NetworkSettings.MEAN,
            List.of(),
            "tanh",
            true,
            List.of(1),
            new NetworkSettings.DropoutRates(0, 0, 0, 0));
    NetworkDescription description =
        new NetworkDescription(
            List.of(InputColumn.values("x", WIDTH)),
            settings,
            NetworkDescription.Output.STEP,
            CLASSES);
    objective = new ClassificationDescription(description, List.of()).build();
    RandomStream random = RandomKey.ofSeed(7).stream();
    batch = batch(random);
    parameters = objective.layout().initialize(RandomKey.ofSeed(11));
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += 0.3f * (random.nextFloat() - 0.5f);
    }
    gradient = new Gradient(objective.layout());
    pass = new Pass(new Parameters(objective.layout(), parameters), gradient, new JavaGemm());
  }

  /**
   * Checks a cell by its name or class name.
   *
   * @return what was compared, in words
   * @throws ConfigurationException naming the first tensor whose gradient is wrong
   */
  public static String ofCell(String cell) {
    return new GradientCheck(cell).compare(cell);
  }

  private String compare(String cell) {
    loss();
    float[] analytic = gradient.values().clone();
    RandomStream random = RandomKey.ofSeed(13).stream();
    for (ParameterLayout.Entry entry : objective.layout().entries()) {
      for (int k = 0; k < DIRECTIONS; k++) {
        float[] direction = new float[entry.size()];
        double expected = 0;
        for (int i = 0; i < direction.length; i++) {
          direction[i] = random.nextFloat() < 0.5f ? -1f : 1f;
          expected += analytic[entry.offset() + i] * direction[i];
        }
        double found = difference(entry, direction);
        if (!(Math.abs(found - expected) <= TOLERANCE * (1 + Math.abs(found)))) {
          throw new ConfigurationException(
              "network.cell: the backward direction of %s does not fit its forward one: along %s the loss changes by %.5f a unit, the gradient says %.5f; mend backward"
                  .formatted(cell, entry.name(), found, expected));
        }
      }
    }
    return "fits differences of the loss in all %d tensors, within %s"
        .formatted(objective.layout().entries().size(), TOLERANCE);
  }

  private double difference(ParameterLayout.Entry entry, float[] direction) {
    float[] kept = parameters.clone();
    move(entry, direction, STEP, kept);
    double above = loss();
    move(entry, direction, -STEP, kept);
    double below = loss();
    System.arraycopy(kept, 0, parameters, 0, kept.length);
    return (above - below) / (2 * STEP);
  }

  private void move(ParameterLayout.Entry entry, float[] direction, float step, float[] from) {
    for (int i = 0; i < direction.length; i++) {
      parameters[entry.offset() + i] = from[entry.offset() + i] + step * direction[i];
    }
    pass.parametersChanged();
  }

  private double loss() {
    gradient.clear();
    pass.begin(Pass.Mode.TRAINING, RandomKey.ofSeed(1));
    return objective.lossAndGradient(batch, pass).sum();
  }

  private static SequenceBatch batch(RandomStream random) {
    List<Column> schema =
        List.of(Column.values("x", WIDTH), Column.ids(ObjectiveDescription.TARGET));
    List<Sequence> sequences = new ArrayList<>();
    for (int length : new int[] {4, 1, 3}) {
      float[] values = new float[length * WIDTH];
      int[] targets = new int[length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      for (int t = 0; t < length; t++) {
        targets[t] = random.nextInt(CLASSES);
      }
      sequences.add(
          new Sequence(length, 1f, new float[][] {values, {}}, new int[][] {{}, targets}));
    }
    return new SequenceSet(schema, sequences).gather(new int[] {0, 1, 2});
  }
}
