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

  /** Further down e^x is 0: here n is −127. */
  private static final float LEAST = -88f;

  private static final int BLOCK = 256;

  /** Rows from here on are worth copying. */
  private static final int SHORT = 16;

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
    double sum =
        width < SHORT ? one(values, from, width, largest) : many(values, from, width, largest);
    float scale = (float) (1 / sum);
    for (int j = 0; j < width; j++) {
      values[from + j] *= scale;
    }
    return largest + StrictMath.log(sum);
  }

  /** e^(z − shift) in place, one by one: arrays to copy into would cost more. Returns the sum. */
  private static double one(float[] values, int from, int width, float shift) {
    double sum = 0;
    for (int j = from; j < from + width; j++) {
      float x = held(values[j] - shift);
      float shifted = shifted(x);
      float e = fraction(x, shifted) * power(shifted);
      values[j] = e;
      sum += e;
    }
    return sum;
  }

  /** The same, a block at a time. */
  private static double many(float[] values, int from, int width, float shift) {
    float[] block = new float[Math.min(width, BLOCK)];
    float[] exponents = new float[block.length];
    double sum = 0;
    for (int start = 0; start < width; start += BLOCK) {
      int count = Math.min(BLOCK, width - start);
      System.arraycopy(values, from + start, block, 0, count);
      split(block, exponents, shift, count);
      sum += join(block, exponents, values, from + start, count);
    }
    return sum;
  }

  /**
   * e^(z − shift) for z ≤ shift as e^r and, in the lowest bits of the exponents, n. One index into
   * separate arrays and no integers: the JIT compiler makes vector instructions of it.
   */
  private static void split(float[] values, float[] exponents, float shift, int count) {
    for (int j = 0; j < count; j++) {
      float x = held(values[j] - shift);
      float shifted = shifted(x);
      values[j] = fraction(x, shifted);
      exponents[j] = shifted;
    }
  }

  /** NaN stays NaN. */
  private static float held(float x) {
    return Math.max(x, LEAST);
  }

  /** n, rounded, in the lowest bits. */
  private static float shifted(float x) {
    return x * LOG2_E + ROUNDING;
  }

  /** e^r. */
  private static float fraction(float x, float shifted) {
    float n = shifted - ROUNDING;
    float r = x - n * LN2_HIGH - n * LN2_LOW;
    float p = 1f / 5040f * r + 1f / 720f;
    p = p * r + 1f / 120f;
    p = p * r + 1f / 24f;
    p = p * r + 1f / 6f;
    p = p * r + 0.5f;
    p = p * r + 1f;
    return p * r + 1f;
  }

  /**
   * Puts 2^n·e^r into the target. Returns the sum: four side by side, as none waits for another.
   */
  private static double join(
      float[] values, float[] exponents, float[] target, int from, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int j = 0;
    for (; j + 3 < count; j += 4) {
      float first = values[j] * power(exponents[j]);
      float second = values[j + 1] * power(exponents[j + 1]);
      float third = values[j + 2] * power(exponents[j + 2]);
      float fourth = values[j + 3] * power(exponents[j + 3]);
      target[from + j] = first;
      target[from + j + 1] = second;
      target[from + j + 2] = third;
      target[from + j + 3] = fourth;
      a += first;
      b += second;
      c += third;
      d += fourth;
    }
    for (; j < count; j++) {
      float e = values[j] * power(exponents[j]);
      target[from + j] = e;
      a += e;
    }
    return a + b + (c + d);
  }

  /** 2^n, n from −126 on; 0 for n = −127. */
  private static float power(float exponent) {
    return Float.intBitsToFloat((Float.floatToRawIntBits(exponent) << 23) + ONE);
  }
}
