package io.sparkrnn.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;

/**
 * Golden values of Keras 2, whose cells have equal weights in each kernel. Keras has hard-sigmoid
 * gates, kernels [input, gates·units], gates i, f, c, o (the order here) and z, r, h (here r, z,
 * n), and the reset before the product.
 */
public final class KerasGolden {
  private KerasGolden() {}

  /** Reads one test, or skips the test that asks. */
  public static JsonNode read(String test) throws IOException {
    return ReferenceFiles.json("keras_golden.json").get(test);
  }

  /** A cell called "c" with equal kernels, equal recurrent kernels and equal biases. */
  public static NamedTensors cell(
      int gates, int inputs, int units, double kernel, double recurrent, double bias) {
    int rows = gates * units;
    return new NamedTensors()
        .put("c.W", all(kernel, rows * inputs), rows, inputs)
        .put("c.U", all(recurrent, rows * units), rows, units)
        .put("c.b", all(bias, rows), rows);
  }

  /** A sequence of ones [steps][width]. */
  public static double[][] ones(int steps, int width) {
    double[][] rows = new double[steps][];
    Arrays.setAll(rows, t -> all(1, width));
    return rows;
  }

  /** The same number {@code size} times. */
  public static double[] all(double value, int size) {
    double[] result = new double[size];
    Arrays.fill(result, value);
    return result;
  }

  /** The three steps of the one sequence of {@code gru_initial_state}. */
  public static double[][] initialStateInputs(JsonNode golden) {
    double[][] inputs = new double[3][];
    Arrays.setAll(inputs, t -> ReferenceFiles.numbers(golden.get("x2").get(0).get(t)));
    return inputs;
  }

  /** The weights of {@code *_bptt_2_sgd_steps}, one a gate, in our order of gates. */
  public static double[] perGate(JsonNode values) {
    double[] keras = ReferenceFiles.numbers(values);
    return keras.length == 3 ? new double[] {keras[1], keras[0], keras[2]} : keras;
  }

  /** The field of the input kernels in {@code *_bptt_2_sgd_steps}. */
  public static String kernelField(int gates) {
    return gates == 1 ? "rnn_kernel_all" : "kernel_each_input_row";
  }

  /** The field of the recurrent kernels in {@code *_bptt_2_sgd_steps}. */
  public static String recurrentField(int gates) {
    return gates == 1 ? "rnn_recurrent" : "recurrent";
  }
}
