package io.sparkrnn.layer;

import io.sparkrnn.math.RandomStream;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;

/**
 * Inverted dropout (Srivastava 2014): in training a value is zeroed with probability {@code rate}
 * and divided by 1 − rate otherwise; in inference nothing happens.
 *
 * @param rate in [0, 1)
 */
public record Dropout(double rate) implements RowLayer {

  @Override
  public int outputSize(int inputSize) {
    return inputSize;
  }

  @Override
  public void declare(ParameterLayout.Builder layout, int inputSize) {}

  @Override
  public Rows forward(Rows input, Pass pass) {
    if (!pass.training() || rate == 0) {
      return input;
    }
    Rows mask = pass.buffer("mask", input.count(), input.width());
    RandomStream random = pass.random();
    float kept = (float) (1 / (1 - rate));
    int threshold = (int) Math.round(rate * (1L << 31));
    float[] values = mask.data();
    int size = input.count() * input.width();
    for (int i = 0; i < size; i += 2) {
      long bits = random.nextLong();
      values[i] = (int) (bits >>> 33) < threshold ? 0f : kept;
      if (i + 1 < size) {
        values[i + 1] = (int) (bits & 0x7FFFFFFF) < threshold ? 0f : kept;
      }
    }
    Rows output = pass.buffer("output", input.count(), input.width());
    multiply(input, mask, output);
    return output;
  }

  @Override
  public Rows backward(Rows dOutput, Pass pass) {
    if (!pass.training() || rate == 0) {
      return dOutput;
    }
    Rows dInput = pass.buffer("dInput", dOutput.count(), dOutput.width());
    multiply(dOutput, pass.saved("mask"), dInput);
    return dInput;
  }

  private static void multiply(Rows a, Rows mask, Rows product) {
    for (int row = 0; row < a.count(); row++) {
      int from = a.start(row);
      int at = mask.start(row);
      int to = product.start(row);
      for (int j = 0; j < a.width(); j++) {
        product.data()[to + j] = a.data()[from + j] * mask.data()[at + j];
      }
    }
  }
}
