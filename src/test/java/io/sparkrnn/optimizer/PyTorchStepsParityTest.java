package io.sparkrnn.optimizer;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.PyTorchFixture;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.parameter.ParameterTensors;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.testing.Backends;
import io.sparkrnn.testing.FixtureModel;
import io.sparkrnn.testing.Fixtures;
import io.sparkrnn.testing.Traversal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten steps against PyTorch's: the losses of SGD on every fixture; momentum, Adam, SparseAdam,
 * weight decay and clipping with the parameters that they leave, on both backends.
 */
class PyTorchStepsParityTest {
  /** The fixtures' float32 steps are within 2e-5 of float64. */
  private static final double LOSS = 2e-5;

  private static final Tolerance PARAMETERS = new Tolerance(4e-5, 2e-6);

  /**
   * SparseAdam adds ε to √v where Adam adds it to √v̂: after step t as if it were ε / √(1 − β₂ᵗ),
   * 30 times as much at the first step, which shows where a gradient is below 1e-3.
   */
  private static final Tolerance TABLES_OF_SPARSE_ADAM = new Tolerance(4e-5, 1.5e-4);

  static Stream<Arguments> fixturesWithSgd() {
    return Fixtures.names().stream()
        .filter(name -> read(name).root().has("sgd"))
        .flatMap(name -> Backends.ALL.stream().map(backend -> Arguments.of(name, backend)));
  }

  static Stream<Arguments> runs() {
    List<Arguments> runs = new ArrayList<>();
    for (String name : Fixtures.names()) {
      JsonNode all = read(name).root().path("runs");
      for (int i = 0; i < all.size(); i++) {
        String label = all.get(i).get("optimizer").asText();
        runs.add(Arguments.of(name, i, label, "java"));
        runs.add(Arguments.of(name, i, label, "openblas"));
      }
    }
    return runs.stream();
  }

  @ParameterizedTest
  @MethodSource("fixturesWithSgd")
  void tenLossesOfSgd(String name, String backend) {
    PyTorchFixture fixture = read(name);
    JsonNode run = fixture.root().get("sgd");
    takeSteps(fixture, run, new Sgd(), false, Backends.required(backend));
  }

  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @MethodSource("runs")
  void tenStepsOfEveryOptimizer(String name, int index, String optimizer, String backend) {
    PyTorchFixture fixture = read(name);
    JsonNode run = fixture.root().get("runs").get(index);
    boolean dense = !optimizer.equals("sparse-adam");
    Traversal traversal = takeSteps(fixture, run, rule(run), dense, Backends.required(backend));
    NamedTensors expected = PyTorchFixture.tensors(run.get("parametersAfter"));
    NamedTensors found = ParameterTensors.of(traversal.parameters());
    assertThat(found.names()).containsExactlyElementsOf(expected.names());
    for (String tensor : expected.names()) {
      Tolerance tolerance = !dense && tensor.endsWith(".E") ? TABLES_OF_SPARSE_ADAM : PARAMETERS;
      assertClose(tensor, found.values(tensor), expected.values(tensor), tolerance);
    }
  }

  /** Takes the run's ten steps, comparing each loss. */
  private static Traversal takeSteps(
      PyTorchFixture fixture, JsonNode run, Optimizer rule, boolean dense, String backend) {
    FixtureModel model = new FixtureModel(fixture);
    Traversal traversal = new Traversal(model.description(), backend, model.parameters());
    OptimizerSettings settings = settings(run, rule);
    float[] parameters = traversal.parameters().values();
    float[] memory = new float[rule.slots() * parameters.length];
    SequenceBatch first = model.batch("batch");
    SequenceBatch second = fixture.root().has("secondBatch") ? model.batch("secondBatch") : first;
    for (int k = 0; k < run.get("losses").size(); k++) {
      LossSum loss = traversal.lossAndGradient(k % 2 == 0 ? first : second);
      assertThat(loss.mean())
          .as("loss before step %d", k + 1)
          .isEqualTo(run.get("losses").get(k).doubleValue(), within(LOSS));
      assertNorm(run, k, traversal.gradient(), loss.weight());
      if (dense) {
        touchAllRows(traversal.gradient());
      }
      settings.step(parameters, traversal.gradient(), memory, loss.weight(), k, k + 1);
    }
    assertThat(traversal.lossAndGradient(first).mean())
        .isEqualTo(run.get("lossAfter").doubleValue(), within(LOSS));
    return traversal;
  }

  private static void assertNorm(JsonNode run, int step, Gradient gradient, double weight) {
    if (run.has("gradientNorms")) {
      assertThat(Math.sqrt(gradient.squaredNorm()) / weight)
          .as("norm before clipping at step %d", step + 1)
          .isEqualTo(run.get("gradientNorms").get(step).doubleValue(), within(LOSS));
    }
  }

  /** PyTorch's dense optimizers step every row of a table, also those without gradient. */
  private static void touchAllRows(Gradient gradient) {
    for (ParameterLayout.Entry entry : gradient.layout().entries()) {
      for (int row = 0; entry.lookup() && row < entry.rows(); row++) {
        gradient.table(entry.name()).touch(row);
      }
    }
  }

  private static OptimizerSettings settings(JsonNode run, Optimizer rule) {
    double learningRate = run.get("learningRate").doubleValue();
    return new OptimizerSettings(
        rule,
        new LearningRateSchedule(LearningRateSchedule.CONSTANT, learningRate, 0, 1, 1, 10),
        run.path("maxGradientNorm").asDouble(0),
        run.path("weightDecay").asDouble(0));
  }

  private static Optimizer rule(JsonNode run) {
    return switch (run.get("optimizer").asText()) {
      case "sgd" -> new Sgd();
      case "momentum" -> new Momentum(run.get("momentum").doubleValue());
      case "adam", "sparse-adam" ->
          new Adam(
              run.get("beta1").doubleValue(),
              run.get("beta2").doubleValue(),
              run.get("epsilon").doubleValue());
      default -> throw new IllegalArgumentException("no optimizer for " + run.get("optimizer"));
    };
  }

  private static PyTorchFixture read(String name) {
    try {
      return PyTorchFixture.read(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
