package io.sparkrnn.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;

/**
 * Golden values of onnxruntime's own LSTM tests. X is [steps, 2, 1], Y [steps, directions, 2, D],
 * Y_h and Y_c [directions, 2, D]; gates are in the order i, o, f, c.
 */
public final class OnnxRuntimeGolden {
  /** D. */
  public static final int HIDDEN = 3;

  /** Sequences in each test. */
  public static final int SEQUENCES = 2;

  private final JsonNode golden;

  private OnnxRuntimeGolden(JsonNode golden) {
    this.golden = golden;
  }

  /** Reads one test, or skips the test that asks. */
  public static OnnxRuntimeGolden read(String test) throws IOException {
    return new OnnxRuntimeGolden(ReferenceFiles.json("onnxruntime_lstm_golden.json").get(test));
  }

  /** Puts {@code name.W} and {@code name.U} with the gates in the order i, f, g, o; no biases. */
  public void putCell(NamedTensors tensors, String name) {
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

  /** The steps of a sequence that count. */
  public int length(int sequence) {
    JsonNode lengths = golden.get("sequence_lens");
    return lengths.isNull() ? 2 : lengths.get(sequence).intValue();
  }

  /** The inputs [t][1] of a sequence. */
  public double[][] inputs(int sequence) {
    double[] x = ReferenceFiles.numbers(golden.get("X"));
    double[][] inputs = new double[length(sequence)][];
    Arrays.setAll(inputs, t -> new double[] {x[SEQUENCES * t + sequence]});
    return inputs;
  }

  /** The inputs [sequence][t][1]. */
  public double[][][] inputs() {
    return new double[][][] {inputs(0), inputs(1)};
  }

  /** Y of a step, counted over steps and then directions. */
  public double[] output(int stepAndDirection, int sequence) {
    return row("Y", stepAndDirection, sequence);
  }

  /** The last states of a sequence: h and c of each direction. */
  public double[] last(int sequence) {
    double[] last = {};
    for (int direction = 0; direction < golden.get("Y_h").size() / 6; direction++) {
      last = Vectors.concatenate(last, row("Y_h", direction, sequence));
      last = Vectors.concatenate(last, row("Y_c", direction, sequence));
    }
    return last;
  }

  private double[] row(String output, int index, int sequence) {
    double[] all = ReferenceFiles.numbers(golden.get(output));
    return Vectors.part(all, SEQUENCES * index + sequence, HIDDEN);
  }
}
