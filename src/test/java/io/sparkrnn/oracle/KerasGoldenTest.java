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
 * two steps of gradient descent.
 */
class KerasGoldenTest {
  private static final OracleCell LSTM = new OracleLstmCell(OracleActivation.HARD_SIGMOID);
  private static final OracleCell GRU = new OracleResetBeforeGruCell(OracleActivation.HARD_SIGMOID);
  private static final OracleCell SIMPLE = new OracleElmanCell(OracleActivation.TANH);

  @Test
  void lstmReturnsItsSequence() throws IOException {
    JsonNode expected = KerasGolden.read("lstm_forward_return_sequences").get("expected");
    NamedTensors tensors = KerasGolden.cell(4, 2, 5, 1, 1, 1);
    OracleStates states = new OracleRecurrent(LSTM).run(tensors, "c", KerasGolden.ones(2, 2));
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
    JsonNode expected = KerasGolden.read("lstm_masked_states").get("expected");
    NamedTensors tensors = KerasGolden.cell(4, 4, 3, 1, 1, 0);
    Arrays.fill(tensors.values("c.b"), 3, 6, 1);
    for (int length = 0; length < 4; length++) {
      double[][] inputs = KerasGolden.ones(length, 4);
      double[] last = new OracleRecurrent(LSTM).run(tensors, "c", inputs).last();
      double h = expected.get("h").get(length).doubleValue();
      double c = expected.get("c").get(length).doubleValue();
      assertThat(last).containsExactly(new double[] {h, h, h, c, c, c}, within(1e-6));
    }
  }

  @Test
  void simpleNetworkCarriesItsState() throws IOException {
    JsonNode expected = KerasGolden.read("simple_rnn_stateful_linear").get("expected");
    NamedTensors tensors = KerasGolden.cell(1, 2, 5, 1, 1, 0);
    OracleRecurrent layer = new OracleRecurrent(new OracleElmanCell(OracleActivation.LINEAR));
    double[] first = layer.run(tensors, "c", KerasGolden.ones(3, 2)).last();
    assertThat(first).containsOnly(expected.get("first").doubleValue());
    double[] second = layer.run(tensors, "c", KerasGolden.ones(3, 2), first).last();
    assertThat(second).containsOnly(expected.get("second").doubleValue());
  }

  @Test
  void gatedUnitStartsFromAGivenState() throws IOException {
    JsonNode golden = KerasGolden.read("gru_initial_state");
    double[][] inputs = KerasGolden.initialStateInputs(golden);
    double[] last =
        new OracleRecurrent(GRU)
            .run(KerasGolden.cell(3, 4, 2, 1, 1, 0), "c", inputs, KerasGolden.all(1.5, 2))
            .last();
    double[] expected = ReferenceFiles.numbers(golden.get("expected"));
    assertThat(last).containsExactly(expected, within(1e-6));
  }

  /** Mean squared error of a linear output of h_3 over five equal sequences: that of one. */
  private static double error(OracleCell cell, NamedTensors tensors, double target) {
    OracleStates states = new OracleRecurrent(cell).run(tensors, "c", KerasGolden.ones(3, 4));
    double difference = tensors.values("dense")[0] * states.outputs()[2][0] - target;
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
    NamedTensors tensors =
        KerasGolden.cell(cell.gates(), 4, 1, start, start, 0)
            .put("dense", KerasGolden.all(1, 1), 1, 1);
    OracleOptimizer sgd = new OracleOptimizer.Sgd(0);
    for (int step = 0; step < 2; step++) {
      NamedTensors gradients = CentralDifferences.gradient(tensors, x -> error(cell, x, target));
      for (String name : List.of("c.W", "c.U", "dense")) {
        double[] next = sgd.step(tensors.values(name), gradients.values(name), learningRate);
        tensors = tensors.with(name, next);
      }
    }
    JsonNode expected = KerasGolden.read(test).get("float64_recomputed");
    double[] kernel = KerasGolden.perGate(expected.get(KerasGolden.kernelField(cell.gates())));
    double[] recurrent =
        KerasGolden.perGate(expected.get(KerasGolden.recurrentField(cell.gates())));
    for (int gate = 0; gate < kernel.length; gate++) {
      double[] w = Vectors.part(tensors.values("c.W"), gate, 4);
      // The recomputed weights of the saturated SimpleRNN are themselves off by 9e-8.
      assertThat(w).containsExactly(KerasGolden.all(kernel[gate], 4), within(2e-7));
    }
    assertThat(tensors.values("c.U")).containsExactly(recurrent, within(2e-7));
    double dense = expected.get("dense").doubleValue();
    assertThat(tensors.values("dense")[0]).isEqualTo(dense, within(1e-7 * dense));
  }
}
