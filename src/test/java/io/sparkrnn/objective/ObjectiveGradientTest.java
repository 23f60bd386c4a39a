package io.sparkrnn.objective;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.metric.LossSum;
import io.sparkrnn.oracle.CentralDifferences;
import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.OracleLoss;
import io.sparkrnn.oracle.OracleObjective;
import io.sparkrnn.oracle.OracleSequence;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.oracle.Vectors;
import io.sparkrnn.parameter.ParameterTensors;
import io.sparkrnn.sequence.PackedSequences;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every objective has the loss, the weight and the gradients of its equations: over all cells,
 * readouts and heads, with embeddings beside values, weights of sequences and of classes, targets
 * that do not count, at ragged and equal lengths and for a batch of one step.
 */
class ObjectiveGradientTest {
  private static final Tolerance TOLERANCE = new Tolerance(1e-5, 2e-6);
  private static final List<Double> ONES = Collections.nCopies(Task.OUTPUTS, 1.0);
  private static final NetworkForm LINEAR =
      new NetworkForm("lstm", 1, false, "last", List.of(), "tanh", true);

  static Stream<Arguments> tasksAndForms() {
    List<NetworkForm> forms =
        List.of(
            LINEAR,
            new NetworkForm("srn", 1, false, "last", List.of(), "tanh", false),
            new NetworkForm("srn-logistic", 2, false, "mean", List.of(5), "logistic", true),
            new NetworkForm("gru", 2, true, "last", List.of(4), "tanh", true),
            new NetworkForm("gru-reset-before", 1, true, "mean", List.of(4, 5), "tanh", true),
            new NetworkForm("lstm", 2, true, "mean", List.of(6), "relu", true),
            new NetworkForm("gru", 2, true, "last", List.of(), "tanh", true, true),
            new NetworkForm("srn", 1, false, "mean", List.of(4), "tanh", true, true));
    return Stream.of(Task.values())
        .flatMap(task -> forms.stream().map(form -> Arguments.of(task, form)));
  }

  @ParameterizedTest
  @MethodSource("tasksAndForms")
  void lossAndGradientsAreThoseOfTheEquations(Task task, NetworkForm form) {
    assertAgree(task, form, ONES, 5, 1, 7, 3);
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void equalLengthsSingleSequencesAndSingleStepsAreNoException(Task task) {
    NetworkForm form = new NetworkForm("gru", 2, true, "mean", List.of(), "tanh", true);
    assertAgree(task, form, ONES, 3, 3, 3);
    assertAgree(task, form, ONES, 6);
    assertAgree(task, form, ONES, 1);
    assertAgree(task, form, ONES, 1, 2, 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"CLASSIFICATION", "LABELLING"})
  void classesCountByTheirWeights(Task task) {
    assertAgree(task, LINEAR, List.of(0.25, 3.0, 0.0), 5, 1, 7, 3, 2, 2);
  }

  private static void assertAgree(
      Task task, NetworkForm form, List<Double> classWeights, int... lengths) {
    Random random = new Random(41);
    ObjectiveRun run = new ObjectiveRun(task.description(form.settings(), classWeights), random);
    List<OracleSequence> sequences = task.sequences(lengths, random);
    SequenceBatch batch = PackedSequences.batch(Task.INPUTS, task.target(), sequences);
    OracleObjective oracle = task.oracle(form.oracle(), form.pooling(), classWeights);
    NamedTensors tensors = ParameterTensors.of(run.parameters());

    OracleLoss expected = oracle.loss(tensors, sequences);
    LossSum loss = run.lossAndGradient(batch);
    assertThat(loss.weight()).isEqualTo(expected.weight(), within(1e-6));
    assertThat(loss.sum()).isEqualTo(expected.sum(), within(2e-6 * (1 + expected.sum())));
    assertThat(loss.steps()).isEqualTo(batch.totalRows());
    NamedTensors gradients =
        CentralDifferences.gradient(tensors, x -> oracle.loss(x, sequences).sum());
    assertGradients(run, gradients, 1);
    run.lossAndGradient(batch);
    assertGradients(run, gradients, 2);

    double evaluated = run.objective().evaluate(batch, run.inference()).values().get("loss");
    assertThat(evaluated).isEqualTo(expected.mean(), within(2e-6 * (1 + expected.mean())));
  }

  /** Gradients add: after {@code times} runs they are as many times the expected. */
  private static void assertGradients(ObjectiveRun run, NamedTensors expected, int times) {
    NamedTensors actual = ParameterTensors.of(run.gradient());
    assertThat(actual.names()).containsExactlyElementsOf(expected.names());
    for (String name : expected.names()) {
      double[] sum = Vectors.scale(times, expected.values(name));
      assertClose("∂L/∂" + name, actual.values(name), sum, TOLERANCE);
    }
  }
}
