package io.sparkrnn.math;

/**
 * Matrix products of single precision on row-major views. Implementations are bound to one thread
 * at a time and use one thread themselves: tasks are the parallelism.
 */
public interface Gemm {

  /** Name of the backend, as in the setting {@code math.backend}. */
  String name();

  /**
   * C = alpha·op(A)·op(B) + beta·C, where op transposes if asked to. With beta = 0 what C held does
   * not matter, NaN included.
   *
   * @param transposeA whether A is stored k × m
   * @param transposeB whether B is stored n × k
   * @param alpha factor of the product
   * @param a m × k after op
   * @param b k × n after op
   * @param beta factor of what C holds
   * @param c m × n
   */
  void multiply(
      boolean transposeA, boolean transposeB, float alpha, Rows a, Rows b, float beta, Rows c);

  /** Prepares op(weights) as the right factor of many products. */
  Packed pack(Rows weights, boolean transposed);

  /** C = A·op(weights) + beta·C with weights packed by this backend. */
  void multiply(Rows a, Packed b, float beta, Rows c);

  /** Fails with the shapes unless op(A)·op(B) fits C. */
  static void requireShapes(boolean transposeA, boolean transposeB, Rows a, Rows b, Rows c) {
    int m = transposeA ? a.width() : a.count();
    int k = transposeA ? a.count() : a.width();
    int kOfB = transposeB ? b.width() : b.count();
    int n = transposeB ? b.count() : b.width();
    if (k != kOfB || c.count() != m || c.width() != n) {
      throw new IllegalArgumentException(
          "product of %d × %d and %d × %d does not fit %d × %d"
              .formatted(m, k, kOfB, n, c.count(), c.width()));
    }
  }
}
