package io.sparkrnn.cell;

/** y = clip(0.2·x + 0.5, 0, 1): the gate function of early Keras, for cells of the tests. */
final class HardSigmoid {
  private HardSigmoid() {}

  static void forward(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = Math.min(1f, Math.max(0f, 0.2f * values[i] + 0.5f));
    }
  }

  /** dy/dx out of y. */
  static float derivative(float y) {
    return y > 0f && y < 1f ? 0.2f : 0f;
  }
}
