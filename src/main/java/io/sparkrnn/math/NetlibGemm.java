package io.sparkrnn.math;

import dev.ludovic.netlib.blas.BLAS;

/**
 * Products by a BLAS that netlib reaches through JNI on heap arrays, without copies. Row-major C =
 * A·B is the column-major Cᵀ = Bᵀ·Aᵀ.
 */
final class NetlibGemm implements Gemm {

  private final String name;
  private final BLAS blas;

  NetlibGemm(String name, BLAS blas) {
    this.name = name;
    this.blas = blas;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void multiply(
      boolean transposeA, boolean transposeB, float alpha, Rows a, Rows b, float beta, Rows c) {
    Gemm.requireShapes(transposeA, transposeB, a, b, c);
    int depth = transposeA ? a.count() : a.width();
    if (c.count() == 0 || c.width() == 0) {
      return;
    }
    if (depth == 0) {
      c.scale(beta); // netlib's bounds checks do not allow for empty factors
      return;
    }
    if (c.width() == 1) {
      int step = transposeB ? 1 : b.stride();
      timesVector(transposeA, alpha, a, b.data(), b.offset(), step, beta, c, c.stride());
      return;
    }
    if (c.count() == 1) {
      int step = transposeA ? a.stride() : 1;
      timesVector(!transposeB, alpha, b, a.data(), a.offset(), step, beta, c, 1);
      return;
    }
    blas.sgemm(
        transposeB ? "T" : "N",
        transposeA ? "T" : "N",
        c.width(),
        c.count(),
        depth,
        alpha,
        b.data(),
        b.offset(),
        Math.max(1, b.stride()),
        a.data(),
        a.offset(),
        Math.max(1, a.stride()),
        beta,
        c.data(),
        c.offset(),
        Math.max(1, c.stride()));
  }

  /**
   * y = alpha·op(A)·x + beta·y, y being the single row or column of C: several times as fast as the
   * general product. Nine parameters, as BLAS has them.
   */
  private void timesVector(
      boolean transpose,
      float alpha,
      Rows a,
      float[] x,
      int xOffset,
      int xStep,
      float beta,
      Rows c,
      int yStep) {
    c.scale(beta);
    blas.sgemv(
        transpose ? "N" : "T",
        a.width(),
        a.count(),
        alpha,
        a.data(),
        a.offset(),
        Math.max(1, a.stride()),
        x,
        xOffset,
        xStep,
        1f,
        c.data(),
        c.offset(),
        yStep);
  }

  @Override
  public Packed pack(Rows weights, boolean transposed) {
    return new Plain(weights, transposed);
  }

  @Override
  public void multiply(Rows a, Packed b, float beta, Rows c) {
    Plain plain = (Plain) b;
    multiply(false, plain.transposed, 1f, a, plain.weights, beta, c);
  }

  private static final class Plain implements Packed {
    private final boolean transposed;
    private Rows weights;

    Plain(Rows weights, boolean transposed) {
      this.weights = weights;
      this.transposed = transposed;
    }

    @Override
    public void refill(Rows changed) {
      weights = changed;
    }
  }
}
