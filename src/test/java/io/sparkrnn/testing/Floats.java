package io.sparkrnn.testing;

/** Arrays of floats in double. */
public final class Floats {
  private Floats() {}

  /** The same numbers in double. */
  public static double[] widened(float[] values) {
    double[] widened = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      widened[i] = values[i];
    }
    return widened;
  }
}
