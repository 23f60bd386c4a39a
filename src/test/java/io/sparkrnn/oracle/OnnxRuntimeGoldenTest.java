package io.sparkrnn.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The oracle's LSTM against the values of onnxruntime's own tests: forward, reverse, bidirectional,
 * unequal lengths. ONNX has its gates in the order i, o, f, c.
 */
class OnnxRuntimeGoldenTest {
  private static final int HIDDEN = 3;
  private static final double TOLERANCE = 1e-6;

  private static JsonNode golden(String test) throws IOException {
    return ReferenceFiles.json("onnxruntime_lstm_golden.json").get(test);
  }

  private static void putCell(NamedTensors tensors, String name, JsonNode golden) {
    double[] onnx = ReferenceFiles.numbers(golden.get("W_per_direction"));
    double[] w = new double[4 * HIDDEN];
    int[] ofGate = {0, 2, 3, 1};
    for (int gate = 0; gate < 4; gate++) {
      System.arraycopy(onnx, ofGate[gate] * HIDDEN, w, gate * HIDDEN, HIDDEN);
    }
    double[] u = new double[4 * HIDDEN * HIDDEN];
    Arrays.fill(u, 0.1);
    tensors.put(name + ".W", w, 4 * HIDDEN, 1).put(name + ".U", u, 4 * HIDDEN, HIDDEN);
  }

  /** X is [steps, batch, 1] with a batch of 2. */
  private static double[][] inputs(JsonNode golden, int sequence, int length) {
    double[] x = ReferenceFiles.numbers(golden.get("X"));
    double[][] inputs = new double[length][];
    for (int t = 0; t < length; t++) {
      inputs[t] = new double[] {x[2 * t + sequence]};
    }
    return inputs;
  }

  /** Row (index, batch) of Y [steps·directions, batch, D], Y_h or Y_c [directions, batch, D]. */
  private static double[] row(JsonNode golden, String output, int index, int sequence) {
    return Vectors.part(ReferenceFiles.numbers(golden.get(output)), 2 * index + sequence, HIDDEN);
  }

  private static void assertRow(double[] actual, double[] expected) {
    assertThat(actual).containsExactly(expected, within(TOLERANCE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ort_lstm_forward", "ort_lstm_mixed_len_1_2"})
  void forwardAtEqualAndUnequalLengths(String test) throws IOException {
    JsonNode golden = golden(test);
    NamedTensors tensors = new NamedTensors();
    putCell(tensors, "c", golden);
    JsonNode lengths = golden.get("sequence_lens");
    for (int sequence = 0; sequence < 2; sequence++) {
      int length = lengths.isNull() ? 2 : lengths.get(sequence).intValue();
      OracleStates states =
          new OracleRecurrent(new OracleLstmCell())
              .run(tensors, "c", inputs(golden, sequence, length));
      for (int t = 0; t < length; t++) {
        assertRow(states.outputs()[t], row(golden, "Y", t, sequence));
      }
      assertRow(Vectors.part(states.last(), 0, HIDDEN), row(golden, "Y_h", 0, sequence));
      assertRow(Vectors.part(states.last(), 1, HIDDEN), row(golden, "Y_c", 0, sequence));
    }
  }

  @Test
  void bidirectional() throws IOException {
    JsonNode golden = golden("ort_lstm_bidirectional");
    NamedTensors tensors = new NamedTensors();
    putCell(tensors, "c.forward", golden);
    putCell(tensors, "c.backward", golden);
    for (int sequence = 0; sequence < 2; sequence++) {
      OracleStates states =
          new OracleBidirectional(new OracleLstmCell())
              .run(tensors, "c", inputs(golden, sequence, 2));
      for (int part = 0; part < 4; part++) {
        double[] actual = Vectors.part(states.outputs()[part / 2], part % 2, HIDDEN);
        assertRow(actual, row(golden, "Y", part, sequence));
      }
      for (int direction = 0; direction < 2; direction++) {
        double[] h = Vectors.part(states.last(), 2 * direction, HIDDEN);
        double[] c = Vectors.part(states.last(), 2 * direction + 1, HIDDEN);
        assertRow(h, row(golden, "Y_h", direction, sequence));
        assertRow(c, row(golden, "Y_c", direction, sequence));
      }
    }
  }

  @Test
  void reverse() throws IOException {
    JsonNode golden = golden("ort_lstm_reverse");
    NamedTensors tensors = new NamedTensors();
    putCell(tensors, "c", golden);
    for (int sequence = 0; sequence < 2; sequence++) {
      double[][] reversed = Vectors.reversed(inputs(golden, sequence, 2));
      OracleStates states = new OracleRecurrent(new OracleLstmCell()).run(tensors, "c", reversed);
      assertRow(states.outputs()[1], row(golden, "Y", 0, sequence));
      assertRow(states.outputs()[0], row(golden, "Y", 1, sequence));
      assertRow(Vectors.part(states.last(), 1, HIDDEN), row(golden, "Y_c", 0, sequence));
    }
  }
}
