package io.sparkrnn.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The oracle against values of Keras 2: outputs of SimpleRNN, GRU and LSTM, and their weights after
 * two steps of gradient descent. Keras has hard-sigmoid gates, kernels [input, gates·units], gates
 * i, f, c, o (the order here) and z, r, h (here r, z, n), and the reset before the product.
 */
class KerasGoldenTest {
  private static final OracleCell LSTM = new OracleLstmCell(OracleActivation.HARD_SIGMOID);
  private static final OracleCell GRU = new OracleResetBeforeGruCell(OracleActivation.HARD_SIGMOID);
  private static final OracleCell SIMPLE = new OracleElmanCell(OracleActivation.TANH);

  private static JsonNode golden(String test) throws IOException {
    return ReferenceFiles.json("keras_golden.json").get(test);
  }

  private static double[] all(double value, int size) {
    double[] result = new double[size];
    Arrays.fill(result, value);
    return result;
  }

  private static double[][] ones(int steps, int width) {
    double[][] rows = new double[steps][];
    Arrays.setAll(rows, t -> all(1, width));
    return rows;
  }

  /** A cell called "c" with equal kernels, equal recurrent kernels and equal biases. */
  private static NamedTensors uniform(
      OracleCell cell, int inputs, int units, double kernel, double recurrent, double bias) {
    int rows = cell.gates() * units;
    return new NamedTensors()
        .put("c.W", all(kernel, rows * inputs), rows, inputs)
        .put("c.U", all(recurrent, rows * units), rows, units)
        .put("c.b", all(bias, rows), rows);
  }

  @Test
  void lstmReturnsItsSequence() throws IOException {
    JsonNode expected = golden("lstm_forward_return_sequences").get("expected");
    OracleStates states =
        new OracleRecurrent(LSTM).run(uniform(LSTM, 2, 5, 1, 1, 1), "c", ones(2, 2));
    for (int unit = 0; unit < 5; unit++) {
      assertThat(states.outputs()[0][unit])
          .isEqualTo(expected.get("h_t0").doubleValue(), within(1e-6));
      assertThat(states.outputs()[1][unit])
          .isEqualTo(expected.get("h_t1").doubleValue(), within(1e-6));
      assertThat(states.last()[5 + unit])
          .isEqualTo(expected.get("c_t1").doubleValue(), within(1e-6));
    }
  }

  @Test
  void lstmAtRaggedLengths() throws IOException {
    JsonNode expected = golden("lstm_masked_states").get("expected");
    NamedTensors tensors = uniform(LSTM, 4, 3, 1, 1, 0);
    Arrays.fill(tensors.values("c.b"), 3, 6, 1);
    for (int length = 0; length < 4; length++) {
      double[] last = new OracleRecurrent(LSTM).run(tensors, "c", ones(length, 4)).last();
      double h = expected.get("h").get(length).doubleValue();
      double c = expected.get("c").get(length).doubleValue();
      assertThat(last).containsExactly(new double[] {h, h, h, c, c, c}, within(1e-6));
    }
  }

  @Test
  void simpleNetworkCarriesItsState() throws IOException {
    JsonNode expected = golden("simple_rnn_stateful_linear").get("expected");
    OracleCell cell = new OracleElmanCell(OracleActivation.LINEAR);
    NamedTensors tensors = uniform(cell, 2, 5, 1, 1, 0);
    OracleRecurrent layer = new OracleRecurrent(cell);
    double[] first = layer.run(tensors, "c", ones(3, 2)).last();
    assertThat(first).containsOnly(expected.get("first").doubleValue());
    double[] second = layer.run(tensors, "c", ones(3, 2), first).last();
    assertThat(second).containsOnly(expected.get("second").doubleValue());
  }

  @Test
  void gatedUnitStartsFromAGivenState() throws IOException {
    JsonNode golden = golden("gru_initial_state");
    double[][] inputs = new double[3][];
    Arrays.setAll(inputs, t -> ReferenceFiles.numbers(golden.get("x2").get(0).get(t)));
    double initial = Arrays.stream(ReferenceFiles.numbers(golden.get("x1"))).sum();
    double[] last =
        new OracleRecurrent(GRU)
            .run(uniform(GRU, 4, 2, 1, 1, 0), "c", inputs, all(initial, 2))
            .last();
    double[] expected = ReferenceFiles.numbers(golden.get("expected"));
    assertThat(last).containsExactly(expected, within(1e-6));
  }

  /** Mean squared error of a linear output of h_3 over five equal sequences: that of one. */
  private static double error(OracleCell cell, NamedTensors tensors, double target) {
    double h = new OracleRecurrent(cell).run(tensors, "c", ones(3, 4)).outputs()[2][0];
    double difference = tensors.values("dense")[0] * h - target;
    return difference * difference;
  }

  @ParameterizedTest
  @CsvSource({
    "simple_rnn_bptt_2_sgd_steps, 1, 0, 5",
    "gru_bptt_2_sgd_steps, 0, 1, 1",
    "lstm_bptt_2_sgd_steps, 0, 1, 1"
  })
  void weightsAfterTwoStepsOfGradientDescent(
      String test, double start, double target, double learningRate) throws IOException {
    OracleCell cell = test.startsWith("gru") ? GRU : test.startsWith("lstm") ? LSTM : SIMPLE;
    NamedTensors tensors = uniform(cell, 4, 1, start, start, 0).put("dense", all(1, 1), 1, 1);
    if (test.startsWith("lstm")) {
      tensors.values("c.b")[1] = 0;
    }
    List<String> trained = List.of("c.W", "c.U", "dense");
    OracleOptimizer sgd = new OracleOptimizer.Sgd(0);
    for (int step = 0; step < 2; step++) {
      NamedTensors gradients = CentralDifferences.gradient(tensors, x -> error(cell, x, target));
      for (String name : trained) {
        double[] next = sgd.step(tensors.values(name), gradients.values(name), learningRate);
        tensors = tensors.with(name, next);
      }
    }
    JsonNode expected = golden(test).get("float64_recomputed");
    double[] perGate = new double[cell.gates()];
    for (int gate = 0; gate < perGate.length; gate++) {
      perGate[gate] = tensors.values("c.W")[4 * gate];
    }
    String kernel = cell == SIMPLE ? "rnn_kernel_all" : "kernel_each_input_row";
    String recurrent = cell == SIMPLE ? "rnn_recurrent" : "recurrent";
    assertGates(perGate, expected.get(kernel));
    assertGates(tensors.values("c.U"), expected.get(recurrent));
    double dense = expected.get("dense").doubleValue();
    assertThat(tensors.values("dense")[0]).isEqualTo(dense, within(1e-7 * dense));
  }

  /** The recomputed weights of the saturated SimpleRNN are themselves off by 9e-8. */
  private static void assertGates(double[] actual, JsonNode expected) {
    double[] inKerasOrder =
        actual.length == 3 ? new double[] {actual[1], actual[0], actual[2]} : actual;
    assertThat(inKerasOrder).containsExactly(ReferenceFiles.numbers(expected), within(2e-7));
  }
}
