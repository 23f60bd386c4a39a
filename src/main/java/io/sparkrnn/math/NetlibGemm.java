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
