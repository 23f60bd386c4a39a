package io.sparkrnn.objective;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.oracle.OracleSequence;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.sequence.PackedSequences;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * With dropout on the inputs, between the layers and on the states that the head sees, and with ids
 * taken for the unknown one, the gradients are those of the loss with the same values dropped. The
 * loss is the product's own in float32, so that differences are coarse: those of a wrong mask would
 * be of the order of the gradient itself.
 */
class DropoutGradientTest {
  private static final double STEP = 0.02;
  private static final Tolerance COARSE = new Tolerance(2e-3, 1e-3);

  @ParameterizedTest
  @EnumSource(Task.class)
  void gradientsAreThoseOfTheLossWithTheSameValuesDropped(Task task) {
    NetworkForm form = new NetworkForm("lstm", 2, true, "mean", List.of(4), "tanh", true);
    NetworkSettings settings = form.settings(new NetworkSettings.DropoutRates(0.25, 0.4, 0.3, 0.3));
    Random random = new Random(61);
    List<Double> ones = List.of(1.0, 1.0, 1.0);
    ObjectiveRun run = new ObjectiveRun(task.description(settings, ones), random);
    List<OracleSequence> sequences = task.sequences(new int[] {5, 1, 7, 3}, random);
    SequenceBatch batch = PackedSequences.batch(Task.INPUTS, task.target(), sequences);

    double loss = run.lossAndGradient(batch).sum();
    float[] gradient = run.gradient().values().clone();
    double[] expected = new double[gradient.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (4 * difference(run, batch, i, STEP / 2) - difference(run, batch, i, STEP)) / 3;
    }
    assertClose("∂L/∂θ", gradient, expected, COARSE);

    double other =
        new ObjectiveRun(task.description(form.settings(), ones), new Random(61))
            .lossAndGradient(batch)
            .sum();
    assertThat(loss).as("dropout acts").isNotEqualTo(other);
  }

  private static double difference(ObjectiveRun run, SequenceBatch batch, int i, double step) {
    float original = run.parameters().values()[i];
    run.parameters().values()[i] = (float) (original + step);
    double above = run.lossAndGradient(batch).sum();
    double width = run.parameters().values()[i];
    run.parameters().values()[i] = (float) (original - step);
    double below = run.lossAndGradient(batch).sum();
    width -= run.parameters().values()[i];
    run.parameters().values()[i] = original;
    return (above - below) / width;
  }
}
