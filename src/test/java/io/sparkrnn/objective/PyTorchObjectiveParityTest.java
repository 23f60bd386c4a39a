package io.sparkrnn.objective;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static io.sparkrnn.oracle.PyTorchFixture.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.PyTorchFixture;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.oracle.Vectors;
import io.sparkrnn.parameter.ParameterTensors;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.testing.Backends;
import io.sparkrnn.testing.FixtureModel;
import io.sparkrnn.testing.Fixtures;
import io.sparkrnn.testing.Traversal;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Objectives against PyTorch on every fixture (from states of zero) and backend: loss sum, weight
 * and mean, every named gradient, and predictions.
 */
class PyTorchObjectiveParityTest {
  private static final Tolerance TOLERANCE = new Tolerance(5e-6, 5e-7);

  static Stream<Arguments> fixturesAndBackends() {
    return Fixtures.names().stream()
        .filter(name -> !name.startsWith("initial-states"))
        .flatMap(name -> Backends.ALL.stream().map(backend -> Arguments.of(name, backend)));
  }

  @ParameterizedTest
  @MethodSource("fixturesAndBackends")
  void lossGradientsAndPredictionsAreThoseOfPyTorch(String name, String backend)
      throws IOException {
    PyTorchFixture fixture = PyTorchFixture.read(name);
    FixtureModel model = new FixtureModel(fixture);
    Traversal traversal =
        new Traversal(model.description(), Backends.required(backend), model.parameters());
    SequenceBatch batch = model.batch("batch");
    LossSum loss = traversal.lossAndGradient(batch);

    JsonNode expected = fixture.root().get("loss");
    double sum = fixture.root().at("/loss64/sum").doubleValue();
    double mean = fixture.root().at("/loss64/mean").doubleValue();
    assertThat(loss.weight()).isEqualTo(expected.get("weight").doubleValue());
    assertThat(loss.sum()).isEqualTo(sum, within(2e-6 * (1 + sum)));
    assertThat(loss.mean()).isEqualTo(mean, within(2e-6 * (1 + mean)));
    assertThat(loss.steps()).isEqualTo(batch.totalRows());
    assertThat(traversal.scores(batch).get("loss")).isEqualTo(mean, within(2e-6 * (1 + mean)));

    NamedTensors gradients = PyTorchFixture.tensors(fixture.root().get("gradients"));
    NamedTensors found = ParameterTensors.of(traversal.gradient());
    assertThat(found.names()).containsExactlyElementsOf(gradients.names());
    for (String tensor : gradients.names()) {
      double[] ofMean = Vectors.scale(1 / loss.weight(), found.values(tensor));
      assertClose(tensor, ofMean, gradients.values(tensor), TOLERANCE);
    }

    String field = fixture.root().has("probabilities") ? "probabilities" : "outputs";
    traversal
        .predictions(batch)
        .forEach(
            (position, predicted) ->
                assertClose(
                    field, predicted, numbers(fixture.root().get(field).get(position)), TOLERANCE));
  }
}
