package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The oracle's LSTM against the values of onnxruntime: forward, reverse, bidirectional, unequal
 * lengths.
 */
class OnnxRuntimeGoldenTest {
  private static final Tolerance TOLERANCE = new Tolerance(1e-6, 0);

  @ParameterizedTest
  @ValueSource(strings = {"ort_lstm_forward", "ort_lstm_mixed_len_1_2"})
  void forwardAtEqualAndUnequalLengths(String test) throws IOException {
    OnnxRuntimeGolden golden = OnnxRuntimeGolden.read(test);
    NamedTensors tensors = new NamedTensors();
    golden.putCell(tensors, "c");
    OracleLayer layer = new OracleRecurrent(new OracleLstmCell());
    for (int s = 0; s < OnnxRuntimeGolden.SEQUENCES; s++) {
      OracleStates states = layer.run(tensors, "c", golden.inputs(s));
      for (int t = 0; t < golden.length(s); t++) {
        assertClose("Y", states.outputs()[t], golden.output(t, s), TOLERANCE);
      }
      assertClose("Y_h, Y_c", states.last(), golden.last(s), TOLERANCE);
    }
  }

  @Test
  void bidirectional() throws IOException {
    OnnxRuntimeGolden golden = OnnxRuntimeGolden.read("ort_lstm_bidirectional");
    NamedTensors tensors = new NamedTensors();
    golden.putCell(tensors, "c.forward");
    golden.putCell(tensors, "c.backward");
    OracleLayer layer = new OracleBidirectional(new OracleLstmCell());
    for (int s = 0; s < OnnxRuntimeGolden.SEQUENCES; s++) {
      OracleStates states = layer.run(tensors, "c", golden.inputs(s));
      for (int t = 0; t < golden.length(s); t++) {
        double[] expected =
            Vectors.concatenate(golden.output(2 * t, s), golden.output(2 * t + 1, s));
        assertClose("Y", states.outputs()[t], expected, TOLERANCE);
      }
      assertClose("Y_h, Y_c", states.last(), golden.last(s), TOLERANCE);
    }
  }

  @Test
  void reverse() throws IOException {
    OnnxRuntimeGolden golden = OnnxRuntimeGolden.read("ort_lstm_reverse");
    NamedTensors tensors = new NamedTensors();
    golden.putCell(tensors, "c");
    OracleLayer layer = new OracleRecurrent(new OracleLstmCell());
    for (int s = 0; s < OnnxRuntimeGolden.SEQUENCES; s++) {
      OracleStates states = layer.run(tensors, "c", Vectors.reversed(golden.inputs(s)));
      assertClose("Y", states.outputs()[1], golden.output(0, s), TOLERANCE);
      assertClose("Y", states.outputs()[0], golden.output(1, s), TOLERANCE);
      assertClose("Y_h, Y_c", states.last(), golden.last(s), TOLERANCE);
    }
  }
}
