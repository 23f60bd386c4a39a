package io.sparkrnn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.cell.Cells;
import io.sparkrnn.cell.ElmanCell;
import io.sparkrnn.cell.HardSigmoidGruCell;
import io.sparkrnn.cell.HardSigmoidLstmCell;
import io.sparkrnn.cell.RecurrentCell;
import io.sparkrnn.math.Activation;
import io.sparkrnn.oracle.KerasGolden;
import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.ReferenceFiles;
import io.sparkrnn.oracle.Vectors;
import io.sparkrnn.parameter.ParameterTensors;
import java.io.IOException;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The unroller gives the values of Keras 2: outputs and last states, a given initial state, and the
 * weights after two steps of gradient descent through time, with cells as a user would write them.
 */
class KerasGoldenLayerTest {
  private static final Offset<Double> FLOAT = within(2e-6);

  private static LayerRun run(RecurrentCell cell, int inputSize, NamedTensors tensors) {
    LayerRun run = new LayerRun(new Recurrent(cell), inputSize);
    ParameterTensors.set(run.parameters(), tensors);
    return run;
  }

  @Test
  void lstmReturnsItsSequence() throws IOException {
    JsonNode expected = KerasGolden.read("lstm_forward_return_sequences").get("expected");
    LayerRun run = run(new HardSigmoidLstmCell(5), 2, KerasGolden.cell(4, 2, 5, 1, 1, 1));
    double[][] ones = KerasGolden.ones(2, 2);
    run.forward(new double[][][] {ones, ones, ones, ones});
    for (int s = 0; s < 4; s++) {
      double[] first = KerasGolden.all(expected.get("h_t0").doubleValue(), 5);
      double[] second = KerasGolden.all(expected.get("h_t1").doubleValue(), 5);
      double[] c = KerasGolden.all(expected.get("c_t1").doubleValue(), 5);
      assertThat(run.output(s)[0]).containsExactly(first, FLOAT);
      assertThat(run.output(s)[1]).containsExactly(second, FLOAT);
      assertThat(run.last(s)).containsExactly(Vectors.concatenate(second, c), FLOAT);
    }
  }

  @Test
  void lstmAtRaggedLengths() throws IOException {
    JsonNode expected = KerasGolden.read("lstm_masked_states").get("expected");
    NamedTensors tensors = KerasGolden.cell(4, 4, 3, 1, 1, 0);
    Arrays.fill(tensors.values("c.b"), 3, 6, 1);
    LayerRun run = run(new HardSigmoidLstmCell(3), 4, tensors);
    double[][][] inputs = new double[3][][];
    Arrays.setAll(inputs, s -> KerasGolden.ones(s + 1, 4));
    run.forward(inputs);
    for (int length = 1; length < 4; length++) {
      double h = expected.get("h").get(length).doubleValue();
      double c = expected.get("c").get(length).doubleValue();
      assertThat(run.last(length - 1)).containsExactly(new double[] {h, h, h, c, c, c}, FLOAT);
    }
  }

  @Test
  void simpleNetworkCarriesItsState() throws IOException {
    JsonNode expected = KerasGolden.read("simple_rnn_stateful_linear").get("expected");
    RecurrentCell cell = new ElmanCell(5, Activation.IDENTITY);
    LayerRun run = run(cell, 2, KerasGolden.cell(1, 2, 5, 1, 1, 0));
    double[][][] inputs = {KerasGolden.ones(3, 2)};
    run.forward(inputs);
    assertThat(run.last(0)).containsOnly(expected.get("first").doubleValue());
    run.forward(inputs, new double[][] {run.last(0)});
    assertThat(run.last(0)).containsOnly(expected.get("second").doubleValue());
  }

  @Test
  void gatedUnitStartsFromAGivenState() throws IOException {
    JsonNode golden = KerasGolden.read("gru_initial_state");
    LayerRun run = run(new HardSigmoidGruCell(2), 4, KerasGolden.cell(3, 4, 2, 1, 1, 0));
    double[][][] inputs = {KerasGolden.initialStateInputs(golden)};
    run.forward(inputs, new double[][] {{1.5, 1.5}});
    double[] expected = ReferenceFiles.numbers(golden.get("expected"));
    assertThat(run.last(0)).containsExactly(expected, FLOAT);
  }

  /**
   * Five equal sequences of three steps of four ones, a linear output v·h_3 without bias, mean
   * squared error. The simple network is saturated: of 1 − h² with h = tanh(5) float32 keeps three
   * digits, and Keras itself is off by 4e-5.
   */
  @ParameterizedTest
  @CsvSource({
    "simple_rnn_bptt_2_sgd_steps, srn, 1, 0, 5, 3e-4",
    "gru_bptt_2_sgd_steps, io.sparkrnn.cell.HardSigmoidGruCell, 0, 1, 1, 2e-6",
    "lstm_bptt_2_sgd_steps, io.sparkrnn.cell.HardSigmoidLstmCell, 0, 1, 1, 2e-6"
  })
  void weightsAfterTwoStepsOfGradientDescent(
      String test, String name, double start, double target, double learningRate, double bound)
      throws IOException {
    RecurrentCell cell = Cells.of(name, 1);
    LayerRun run = run(cell, 4, KerasGolden.cell(cell.gates(), 4, 1, start, start, 0));
    double[][][] inputs = new double[5][][];
    Arrays.fill(inputs, KerasGolden.ones(3, 4));
    double dense = 1;
    for (int step = 0; step < 2; step++) {
      run.forward(inputs);
      double h = run.output(0)[2][0];
      double dOutput = 2 * (dense * h - target);
      double[][] dEach = {{0}, {0}, {dOutput * dense / 5}};
      double[][][] dOutputs = new double[5][][];
      Arrays.fill(dOutputs, dEach);
      run.gradient().clear();
      run.backward(dOutputs, new double[5][cell.stateSize()]);
      descend(run, learningRate);
      dense -= learningRate * dOutput * h;
    }
    JsonNode expected = KerasGolden.read(test).get("float64_recomputed");
    NamedTensors trained = ParameterTensors.of(run.parameters());
    double[] kernel = KerasGolden.perGate(expected.get(KerasGolden.kernelField(cell.gates())));
    for (int gate = 0; gate < kernel.length; gate++) {
      assertThat(Vectors.part(trained.values("c.W"), gate, 4))
          .containsExactly(KerasGolden.all(kernel[gate], 4), within(bound));
    }
    double[] recurrent =
        KerasGolden.perGate(expected.get(KerasGolden.recurrentField(cell.gates())));
    assertThat(trained.values("c.U")).containsExactly(recurrent, within(bound));
    double finalDense = expected.get("dense").doubleValue();
    assertThat(dense).isEqualTo(finalDense, within(bound * finalDense));
  }

  /** Keras was told to use no biases: only W and U step. */
  private static void descend(LayerRun run, double learningRate) {
    NamedTensors parameters = ParameterTensors.of(run.parameters());
    NamedTensors gradients = ParameterTensors.of(run.gradient());
    for (String name : new String[] {"c.W", "c.U"}) {
      double[] step = Vectors.scale(-learningRate, gradients.values(name));
      parameters = parameters.with(name, Vectors.plus(parameters.values(name), step));
    }
    ParameterTensors.set(run.parameters(), parameters);
  }
}
