package io.sparkrnn.layer;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;

import io.sparkrnn.cell.LstmCell;
import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.OnnxRuntimeGolden;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.oracle.Vectors;
import io.sparkrnn.parameter.ParameterTensors;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The LSTM layer gives the values of onnxruntime: forward, bidirectional, unequal lengths. */
class OnnxRuntimeGoldenLayerTest {
  private static final Tolerance TOLERANCE = new Tolerance(2e-6, 0);
  private static final Recurrent LSTM = new Recurrent(new LstmCell(OnnxRuntimeGolden.HIDDEN));

  @ParameterizedTest
  @ValueSource(strings = {"ort_lstm_forward", "ort_lstm_mixed_len_1_2"})
  void forwardAtEqualAndUnequalLengths(String test) throws IOException {
    OnnxRuntimeGolden golden = OnnxRuntimeGolden.read(test);
    NamedTensors tensors = new NamedTensors();
    golden.putCell(tensors, "c");
    LayerRun run = new LayerRun(LSTM, 1);
    ParameterTensors.set(run.parameters(), tensors);
    run.forward(golden.inputs());
    for (int s = 0; s < OnnxRuntimeGolden.SEQUENCES; s++) {
      for (int t = 0; t < golden.length(s); t++) {
        assertClose("Y", run.output(s)[t], golden.output(t, s), TOLERANCE);
      }
      assertClose("Y_h, Y_c", run.last(s), golden.last(s), TOLERANCE);
    }
  }

  @Test
  void bidirectional() throws IOException {
    OnnxRuntimeGolden golden = OnnxRuntimeGolden.read("ort_lstm_bidirectional");
    NamedTensors tensors = new NamedTensors();
    golden.putCell(tensors, "c.forward");
    golden.putCell(tensors, "c.backward");
    LayerRun run = new LayerRun(new Bidirectional(LSTM, LSTM), 1);
    ParameterTensors.set(run.parameters(), tensors);
    run.forward(golden.inputs());
    for (int s = 0; s < OnnxRuntimeGolden.SEQUENCES; s++) {
      for (int t = 0; t < golden.length(s); t++) {
        double[] expected =
            Vectors.concatenate(golden.output(2 * t, s), golden.output(2 * t + 1, s));
        assertClose("Y", run.output(s)[t], expected, TOLERANCE);
      }
      assertClose("Y_h, Y_c", run.last(s), golden.last(s), TOLERANCE);
    }
  }
}
