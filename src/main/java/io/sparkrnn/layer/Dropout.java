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
    fill(mask.data(), input.count() * input.width(), pass.random());
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

  /** Two values of every 64 random bits; looked up, because branches at random cost the most. */
  private void fill(float[] mask, int size, RandomStream random) {
    float[] choice = {(float) (1 / (1 - rate)), 0f};
    int threshold = (int) Math.round(rate * (1L << 31));
    int even = size & ~1;
    for (int i = 0; i < even; i += 2) {
      long bits = random.nextLong();
      mask[i] = choice[((int) (bits >>> 33) - threshold) >>> 31];
      mask[i + 1] = choice[((int) (bits & 0x7FFFFFFF) - threshold) >>> 31];
    }
    if (even < size) {
      mask[even] = choice[((int) (random.nextLong() >>> 33) - threshold) >>> 31];
    }
  }

  private static void multiply(Rows a, Rows mask, Rows product) {
    for (int row = 0; row < a.count(); row++) {
      multiply(a.data(), a.start(row), mask.data(), mask.start(row), product, row);
    }
  }

  private static void multiply(float[] a, int from, float[] mask, int at, Rows product, int row) {
    float[] values = product.data();
    int to = product.start(row);
    int width = product.width();
    for (int j = 0; j < width; j++) {
      values[to + j] = a[from + j] * mask[at + j];
    }
  }
}
