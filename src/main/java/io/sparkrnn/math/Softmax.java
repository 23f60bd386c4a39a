package io.sparkrnn.math;

/**
 * p_c = e^{z_c} / Σ e^{z_k}, shifted by the largest z. The exponential is 2^n·e^r with a polynomial
 * for e^r (|r| ≤ ln 2 / 2, relative error below 1e-7), in plain float operations: the same bits on
 * every machine.
 */
public final class Softmax {

  private static final float LOG2_E = 1.442695f;
  private static final float LN2_HIGH = 0.6933594f;
  private static final float LN2_LOW = -2.1219444E-4f;

  /** 1.5·2²³: a small number added to it is rounded to an integer, which its lowest bits hold. */
  private static final float ROUNDING = 12582912f;

  private static final int ONE = 127 << 23;

  private Softmax() {}

  /**
   * Replaces one row of scores by probabilities.
   *
   * @return log Σ e^{z_k}, for the loss −log p_c = log Σ e^{z_k} − z_c
   */
  public static double row(float[] values, int from, int width) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < width; j++) {
      float value = values[from + j];
      if (value > largest) { // NaN is not, and makes itself known below
        largest = value;
      }
    }
    double sum = 0;
    for (int j = 0; j < width; j++) {
      float e = exp(values[from + j] - largest);
      values[from + j] = e;
      sum += e;
    }
    float scale = (float) (1 / sum);
    for (int j = 0; j < width; j++) {
      values[from + j] *= scale;
    }
    return largest + StrictMath.log(sum);
  }

  /** e^x for x ≤ 0; NaN stays NaN. */
  static float exp(float x) {
    if (x < -87f) {
      return 0f;
    }
    float shifted = x * LOG2_E + ROUNDING;
    float n = shifted - ROUNDING;
    float r = x - n * LN2_HIGH - n * LN2_LOW;
    float p = 1f / 5040f * r + 1f / 720f;
    p = p * r + 1f / 120f;
    p = p * r + 1f / 24f;
    p = p * r + 1f / 6f;
    p = p * r + 0.5f;
    p = p * r + 1f;
    p = p * r + 1f;
    return p * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + ONE);
  }
}
