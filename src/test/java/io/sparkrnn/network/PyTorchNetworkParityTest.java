package io.sparkrnn.network;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static io.sparkrnn.oracle.PyTorchFixture.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.Rows;
import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.OracleSequence;
import io.sparkrnn.oracle.PyTorchFixture;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.oracle.Vectors;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.ParameterTensors;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.Packing;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.testing.Backends;
import io.sparkrnn.testing.FixtureModel;
import io.sparkrnn.testing.Fixtures;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Networks against PyTorch on every fixture and backend: outputs, final states, and the gradients
 * of every named parameter, of the inputs and of the initial states.
 */
class PyTorchNetworkParityTest {
  /** The fixtures are float32 within 2e-6 of float64, and so are the networks. */
  private static final Tolerance TOLERANCE = new Tolerance(5e-6, 5e-7);

  static Stream<Arguments> fixturesAndBackends() {
    return Fixtures.names().stream()
        .flatMap(name -> Backends.ALL.stream().map(backend -> Arguments.of(name, backend)));
  }

  @ParameterizedTest
  @MethodSource("fixturesAndBackends")
  void outputsStatesAndGradientsAreThoseOfPyTorch(String name, String backend) throws IOException {
    PyTorchFixture fixture = PyTorchFixture.read(name);
    FixtureModel model = new FixtureModel(fixture);
    SequenceNetwork network = model.description().network().build();
    NamedTensors given = PyTorchFixture.tensors(fixture.root().get("parameters"));
    Parameters parameters = new Parameters(network.layout(), model.parameters());
    assertThat(ParameterTensors.of(parameters).names()).containsExactlyElementsOf(given.names());
    Gradient gradient = new Gradient(network.layout());
    Pass pass = new Pass(parameters, gradient, Backends.gemm(backend));
    pass.begin(Pass.Mode.TRAINING, RandomKey.ofSeed(0));
    SequenceBatch batch = model.batch("batch");
    List<OracleSequence> sequences = fixture.sequences("batch");

    Rows last = Rows.zeros(batch.sequences(), network.stateSize());
    Rows outputs = network.forward(batch, initialStates(fixture, batch, network), last, pass);
    Rows slopes = Rows.zeros(outputs.count(), outputs.width());
    double weight = fixture.root().at("/loss/weight").doubleValue();
    for (int rank = 0; rank < batch.sequences(); rank++) {
      int i = batch.packing().sequenceAt(rank);
      int[] rows = rows(fixture, batch.packing(), rank);
      double[] found = read(outputs, rows);
      assertClose("outputs", found, numbers(fixture.root().get("outputs").get(i)), TOLERANCE);
      assertClose("final states", read(last, rank), fixture.state("finalStates", i), TOLERANCE);
      double[] slope = slopes(fixture, sequences.get(i), found, model.outputs());
      write(slopes, rows, Vectors.scale(1 / weight, slope));
    }

    Rows dInitial = Rows.zeros(batch.sequences(), network.stateSize());
    Rows dLast = Rows.zeros(batch.sequences(), network.stateSize());
    Rows dInputs = network.backward(batch, slopes, dLast, dInitial, pass);
    assertParameterGradients(fixture, gradient);
    for (int rank = 0; rank < batch.sequences(); rank++) {
      int i = batch.packing().sequenceAt(rank);
      if (fixture.root().has("inputGradients")) {
        double[] expected = numbers(fixture.root().get("inputGradients").get(i));
        double[] found = read(dInputs, steps(batch.packing(), rank));
        assertClose("inputs", found, expected, TOLERANCE);
      }
      if (fixture.root().has("initialStateGradients")) {
        double[] expected = fixture.state("initialStateGradients", i);
        assertClose("initial states", read(dInitial, rank), expected, TOLERANCE);
      }
    }
  }

  private static void assertParameterGradients(PyTorchFixture fixture, Gradient gradient) {
    NamedTensors expected = PyTorchFixture.tensors(fixture.root().get("gradients"));
    NamedTensors found = ParameterTensors.of(gradient);
    assertThat(found.names()).containsExactlyElementsOf(expected.names());
    for (String tensor : expected.names()) {
      assertClose(tensor, found.values(tensor), expected.values(tensor), TOLERANCE);
      assertThat(found.shape(tensor)).isEqualTo(expected.shape(tensor));
    }
  }

  private static Rows initialStates(
      PyTorchFixture fixture, SequenceBatch batch, SequenceNetwork network) {
    Rows states = Rows.zeros(batch.sequences(), network.stateSize());
    if (fixture.root().has("initialStates")) {
      for (int rank = 0; rank < batch.sequences(); rank++) {
        int i = batch.packing().sequenceAt(rank);
        write(states, new int[] {rank}, fixture.state("initialStates", i));
      }
    }
    return states;
  }

  /** ∂(loss sum)/∂outputs of one sequence, from its outputs, in double. */
  private static double[] slopes(
      PyTorchFixture fixture, OracleSequence sequence, double[] outputs, int width) {
    if (fixture.network().get("objective").asText().equals("regression")) {
      double[] targets =
          Arrays.stream(sequence.targets()).flatMapToDouble(Arrays::stream).toArray();
      return Vectors.scale(2, Vectors.plus(outputs, Vectors.scale(-1, targets)));
    }
    double[] slopes = {};
    for (int row = 0; row * width < outputs.length; row++) {
      int label = sequence.labels()[row];
      JsonNode classWeights = fixture.network().path("classWeights");
      double weight = classWeights.isMissingNode() ? 1 : classWeights.get(label).doubleValue();
      double[] exponentials = Vectors.map(Math::exp, Vectors.part(outputs, row, width));
      double[] slope = Vectors.scale(1 / Arrays.stream(exponentials).sum(), exponentials);
      slope[label] -= 1;
      slopes = Vectors.concatenate(slopes, Vectors.scale(weight, slope));
    }
    return slopes;
  }

  private static int[] rows(PyTorchFixture fixture, Packing packing, int rank) {
    return fixture.network().get("objective").asText().equals("classification")
        ? new int[] {rank}
        : steps(packing, rank);
  }

  private static int[] steps(Packing packing, int rank) {
    int[] rows = new int[packing.length(rank)];
    Arrays.setAll(rows, t -> packing.row(rank, t));
    return rows;
  }

  private static double[] read(Rows from, int... rows) {
    double[] values = new double[rows.length * from.width()];
    Arrays.setAll(values, k -> from.get(rows[k / from.width()], k % from.width()));
    return values;
  }

  private static void write(Rows to, int[] rows, double[] values) {
    for (int k = 0; k < values.length; k++) {
      to.set(rows[k / to.width()], k % to.width(), (float) values[k]);
    }
  }
}
