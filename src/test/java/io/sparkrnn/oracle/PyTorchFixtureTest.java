package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static io.sparkrnn.oracle.PyTorchFixture.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The oracle against PyTorch: outputs, final states, losses and every gradient at ragged lengths,
 * and ten steps of each optimizer.
 */
class PyTorchFixtureTest {
  /** The fixtures are float32, within 2e-6 of float64. */
  private static final Tolerance TOLERANCE = new Tolerance(2e-6, 1e-7);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "classification-class-weights",
        "classification-last-stacked-bidirectional",
        "classification-mean-mlp",
        "embedding-lstm-labelling",
        "fully-connected-logistic",
        "gru-reset-after-stacked",
        "gru-reset-before-stacked-bidirectional",
        "initial-states-gru",
        "initial-states-lstm",
        "labelling-class-weights",
        "lstm-stacked-bidirectional",
        "srn-logistic-stacked-bidirectional",
        "srn-tanh-stacked"
      })
  void outputsStatesLossAndGradients(String name) throws IOException {
    PyTorchFixture fixture = PyTorchFixture.read(name);
    NamedTensors tensors = PyTorchFixture.tensors(fixture.root().get("parameters"));
    List<OracleSequence> sequences = fixture.sequences("batch");
    assertOutputsAndStates(fixture, tensors, sequences);
    OracleObjective objective = fixture.objective();
    OracleLoss loss = objective.loss(tensors, sequences);
    assertThat(loss.weight()).isEqualTo(fixture.root().at("/loss/weight").doubleValue());
    assertThat(loss.sum()).isEqualTo(fixture.root().at("/loss64/sum").doubleValue(), within(1e-12));
    NamedTensors expected = PyTorchFixture.tensors(fixture.root().get("gradients"));
    NamedTensors gradients =
        CentralDifferences.gradient(tensors, x -> objective.loss(x, sequences).mean());
    assertThat(gradients.names()).containsExactlyInAnyOrderElementsOf(expected.names());
    for (String tensor : expected.names()) {
      assertClose(tensor, gradients.values(tensor), expected.values(tensor), TOLERANCE);
    }
    assertInputGradients(fixture, tensors, sequences);
    assertInitialStateGradients(fixture, tensors, sequences);
  }

  private static void assertOutputsAndStates(
      PyTorchFixture fixture, NamedTensors tensors, List<OracleSequence> sequences) {
    OracleNetwork network = fixture.oracleNetwork();
    boolean perSequence = fixture.network().get("objective").asText().equals("classification");
    for (int i = 0; i < sequences.size(); i++) {
      OracleSequence sequence = sequences.get(i);
      double[] outputs =
          perSequence
              ? network.output(tensors, fixture.pooling(), sequence)
              : flattened(network.outputs(tensors, sequence));
      assertClose("outputs", outputs, numbers(fixture.root().get("outputs").get(i)), TOLERANCE);
      double[] last = network.states(tensors, sequence).last();
      assertClose("final state", last, fixture.state("finalStates", i), TOLERANCE);
    }
  }

  private static void assertInputGradients(
      PyTorchFixture fixture, NamedTensors tensors, List<OracleSequence> sequences) {
    JsonNode expected = fixture.root().path("inputGradients");
    OracleObjective objective = fixture.objective();
    for (int i = 0; i < expected.size(); i++) {
      OracleSequence sequence = sequences.get(i);
      double[][] rows = sequence.values("x");
      double[] gradient =
          CentralDifferences.gradient(
              flattened(rows),
              x -> {
                sequence.withValues("x", inRows(x, rows[0].length));
                return objective.loss(tensors, sequences).mean();
              });
      sequence.withValues("x", rows);
      assertClose("inputs", gradient, numbers(expected.get(i)), TOLERANCE);
    }
  }

  private static void assertInitialStateGradients(
      PyTorchFixture fixture, NamedTensors tensors, List<OracleSequence> sequences) {
    OracleObjective objective = fixture.objective();
    for (int i = 0; i < sequences.size(); i++) {
      OracleSequence sequence = sequences.get(i);
      double[] initial = sequence.initial();
      double[] gradient =
          CentralDifferences.gradient(
              initial,
              state -> {
                sequence.withInitial(state);
                return objective.loss(tensors, sequences).mean();
              });
      sequence.withInitial(initial);
      assertClose("initial state", gradient, fixture.state("initialStateGradients", i), TOLERANCE);
    }
  }

  private static double[] flattened(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[][] inRows(double[] values, int width) {
    double[][] rows = new double[values.length / width][];
    Arrays.setAll(rows, t -> Vectors.part(values, t, width));
    return rows;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void tenStepsOfEveryOptimizer(int index) throws IOException {
    PyTorchFixture fixture = PyTorchFixture.read("optimizers-lstm-labelling");
    JsonNode run = fixture.root().get("runs").get(index);
    OracleOptimizer optimizer = optimizer(run);
    OracleObjective objective = fixture.objective();
    List<OracleSequence> sequences = fixture.sequences("batch");
    NamedTensors tensors = PyTorchFixture.tensors(fixture.root().get("parameters"));
    double learningRate = run.get("learningRate").doubleValue();
    double maximumNorm = run.path("maxGradientNorm").asDouble(Double.POSITIVE_INFINITY);
    for (JsonNode expected : run.get("losses")) {
      assertThat(objective.loss(tensors, sequences).mean())
          .isEqualTo(expected.doubleValue(), within(2e-5));
      double[] gradient =
          CentralDifferences.gradient(tensors, x -> objective.loss(x, sequences).mean())
              .flattened();
      if (Double.isFinite(maximumNorm)) {
        gradient = OracleOptimizer.clipped(gradient, maximumNorm);
      }
      tensors = tensors.withFlattened(optimizer.step(tensors.flattened(), gradient, learningRate));
    }
    NamedTensors expected = PyTorchFixture.tensors(run.get("parametersAfter"));
    for (String name : expected.names()) {
      assertClose(name, tensors.values(name), expected.values(name), new Tolerance(2e-5, 1e-6));
    }
  }

  private static OracleOptimizer optimizer(JsonNode run) {
    double weightDecay = run.path("weightDecay").asDouble(0);
    return switch (run.get("optimizer").asText()) {
      case "momentum" ->
          new OracleOptimizer.Momentum(run.get("momentum").doubleValue(), weightDecay);
      case "adam" ->
          new OracleOptimizer.Adam(
              run.get("beta1").doubleValue(),
              run.get("beta2").doubleValue(),
              run.get("epsilon").doubleValue(),
              weightDecay);
      default -> new OracleOptimizer.Sgd(weightDecay);
    };
  }
}
