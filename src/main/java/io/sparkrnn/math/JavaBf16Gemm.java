package io.sparkrnn.math;

/**
 * Products in plain Java of factors that are rounded to bf16 (8 bits of exponent, 8 of precision;
 * to the nearest, ties to even), sums in float32: the arithmetic of a processor that multiplies in
 * bf16, on any machine. For trying what a training loses by it; it is slower than float32.
 */
final class JavaBf16Gemm implements Gemm {

  private final Gemm plain = new JavaGemm();
  private float[] left = {};
  private float[] right = {};

  @Override
  public String name() {
    return Backend.JAVA_BF16;
  }

  @Override
  public void multiply(
      boolean transposeA, boolean transposeB, float alpha, Rows a, Rows b, float beta, Rows c) {
    Gemm.requireShapes(transposeA, transposeB, a, b, c);
    left = room(left, a);
    right = room(right, b);
    plain.multiply(transposeA, transposeB, alpha, rounded(a, left), rounded(b, right), beta, c);
  }

  @Override
  public Packed pack(Rows weights, boolean transposed) {
    right = room(right, weights);
    return new Rounded(plain.pack(rounded(weights, right), transposed));
  }

  @Override
  public void multiply(Rows a, Packed b, float beta, Rows c) {
    left = room(left, a);
    plain.multiply(rounded(a, left), ((Rounded) b).packed, beta, c);
  }

  /** The nearest number of bf16; beyond its largest, infinity. */
  static float rounded(float value) {
    if (Float.isNaN(value)) {
      return value;
    }
    int bits = Float.floatToRawIntBits(value);
    return Float.intBitsToFloat((bits + 0x7FFF + ((bits >>> 16) & 1)) & 0xFFFF0000);
  }

  private static float[] room(float[] array, Rows rows) {
    int size = rows.count() * rows.width();
    return array.length < size ? new float[size] : array;
  }

  private static Rows rounded(Rows rows, float[] room) {
    rows.copyTo(room);
    for (int i = 0; i < rows.count() * rows.width(); i++) {
      room[i] = rounded(room[i]);
    }
    return Rows.of(room, rows.count(), rows.width());
  }

  private final class Rounded implements Packed {
    private final Packed packed;

    Rounded(Packed packed) {
      this.packed = packed;
    }

    @Override
    public void refill(Rows weights) {
      right = room(right, weights);
      packed.refill(rounded(weights, right));
    }

    @Override
    public void close() {
      packed.close();
    }
  }
}
