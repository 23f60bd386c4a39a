package io.sparkrnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.SharedData;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Packing;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.testing.Backends;
import io.sparkrnn.testing.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The two networks of the cascaded tanks that Champneys et al. (2024, arXiv 2405.10779) trained and
 * published, as networks of ours over delays of the input, say what their authors' say.
 */
class PublishedTanksTest {
  private static final String FOLDER = "cascaded_tanks/";
  private static final double VOLTS = 3.3e-4;

  /** Samples by whose range the authors scaled. */
  private static final int SCALED_BY = 700;

  static Stream<Arguments> modelsAndBackends() {
    return Stream.of("RNN", "GRU")
        .flatMap(model -> Backends.ALL.stream().map(backend -> Arguments.of(model, backend)));
  }

  @ParameterizedTest
  @MethodSource("modelsAndBackends")
  void importedNetworksReproduceTheirAuthorsOutputs(String model, String backend)
      throws IOException {
    Path file = SharedData.require(FOLDER + "published_models/CT_" + model + "_NN.json");
    JsonNode published = new ObjectMapper().readTree(file.toFile());
    int delays = published.get("look_xval").intValue() - 1;
    NetworkDescription description =
        new NetworkDescription(
            List.of(InputColumn.values("u", 1)),
            TestSettings.network(
                "network.cell",
                model.equals("RNN") ? "srn" : "gru",
                "network.hiddenSizes",
                List.of(published.get("nh_xval").intValue()),
                "network.delays",
                List.of(delays, 0)),
            NetworkDescription.Output.STEP,
            1);
    SequenceNetwork network = description.build();
    Parameters parameters = new Parameters(network.layout(), new float[network.layout().size()]);
    read(published.at("/theta/params"), model, parameters);
    double[] scale = range(column("uEst"));
    double[] u = Arrays.stream(column("uVal")).map(x -> (x - scale[0]) / scale[1]).toArray();
    float[] outputs = run(network, parameters, u, delays, Backends.required(backend));
    double[] volts = range(column("yEst"));
    JsonNode expected = published.at("/test_1/yhat");
    assertThat(outputs).hasSameSizeAs(numbers(expected));
    for (int t = 0; t < outputs.length; t++) {
      assertThat(outputs[t] * volts[1] + volts[0])
          .as("step %d", t)
          .isEqualTo(expected.get(t).doubleValue(), within(VOLTS));
    }
  }

  /** From a hidden state of zero at the first step whose delays are all known. */
  private static float[] run(
      SequenceNetwork network, Parameters parameters, double[] u, int delays, String backend) {
    float[] inputs = new float[u.length - delays];
    for (int t = 0; t < inputs.length; t++) {
      inputs[t] = (float) u[t + delays];
    }
    Rows initial = Rows.zeros(1, network.stateSize());
    for (int k = 1; k <= delays; k++) {
      initial.set(0, k - 1, (float) u[delays - k]);
    }
    SequenceBatch batch =
        new SequenceBatch(new Packing(new int[] {inputs.length}), new float[] {1});
    batch.putValues(Column.values("u", 1), inputs);
    Pass pass = new Pass(parameters, Gradient.none(network.layout()), Backend.gemm(backend));
    pass.begin(Pass.Mode.INFERENCE, RandomKey.ofSeed(0));
    Rows last = Rows.zeros(1, network.stateSize());
    return network.forward(batch, initial, last, pass).toArray();
  }

  /** Kernels are stored inputs × units; gates r, z, n one by one. */
  private static void read(JsonNode theta, String model, Parameters parameters) {
    if (model.equals("RNN")) {
      JsonNode cell = theta.get("RNNCell_0");
      transposed(cell.at("/Dense_1/kernel"), parameters.rows("encoder.0.W"), 0);
      transposed(cell.at("/Dense_0/kernel"), parameters.rows("encoder.0.U"), 0);
      bias(cell.at("/Dense_1/bias"), parameters.rows("encoder.0.b"), 0);
      bias(cell.at("/Dense_0/bias"), parameters.rows("encoder.0.bU"), 0);
    } else {
      JsonNode cell = theta.get("GRUCell_0");
      int units = cell.at("/hn/bias").size();
      List<String> gates = List.of("r", "z", "n");
      for (int gate = 0; gate < gates.size(); gate++) {
        JsonNode fromInput = cell.get("i" + gates.get(gate));
        JsonNode fromState = cell.get("h" + gates.get(gate));
        transposed(fromInput.get("kernel"), parameters.rows("encoder.0.W"), gate * units);
        transposed(fromState.get("kernel"), parameters.rows("encoder.0.U"), gate * units);
        bias(fromInput.get("bias"), parameters.rows("encoder.0.b"), gate * units);
      }
      bias(cell.at("/hn/bias"), parameters.rows("encoder.0.bU"), 2 * units);
    }
    transposed(theta.at("/Dense_0/kernel"), parameters.rows("head.0.W"), 0);
    bias(theta.at("/Dense_0/bias"), parameters.rows("head.0.b"), 0);
  }

  private static void transposed(JsonNode kernel, Rows target, int firstRow) {
    for (int input = 0; input < kernel.size(); input++) {
      for (int unit = 0; unit < kernel.get(input).size(); unit++) {
        target.set(firstRow + unit, input, kernel.get(input).get(unit).floatValue());
      }
    }
  }

  private static void bias(JsonNode bias, Rows target, int first) {
    for (int unit = 0; unit < bias.size(); unit++) {
      target.set(0, first + unit, bias.get(unit).floatValue());
    }
  }

  private static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    Arrays.setAll(numbers, i -> array.get(i).doubleValue());
    return numbers;
  }

  /** Minimum and range of the samples that scaled. */
  private static double[] range(double[] column) {
    double least = DoubleStream.of(column).limit(SCALED_BY).min().orElseThrow();
    double most = DoubleStream.of(column).limit(SCALED_BY).max().orElseThrow();
    return new double[] {least, most - least};
  }

  private static double[] column(String name) throws IOException {
    List<String> lines = Files.readAllLines(SharedData.require(FOLDER + "dataBenchmark.csv"));
    int index = List.of(lines.get(0).replace("\"", "").split(",", -1)).indexOf(name);
    return lines.stream()
        .skip(1)
        .filter(line -> !line.isBlank())
        .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[index]))
        .toArray();
  }
}
