package io.sparkrnn.statistics;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import dev.ludovic.netlib.lapack.LAPACK;
import org.netlib.util.intW;

/**
 * The few factorisations that are needed, with LAPACK's status checked. Matrices are column-major;
 * an upper triangle of order m stands in the first m rows and columns of an array with leading
 * dimension {@code ld}.
 */
final class Lapack {

  private static final LAPACK LAPACK_IN_JAVA = JavaLAPACK.getInstance();

  /** Columns that LAPACK may work on at once; more workspace than that is never used. */
  private static final int BLOCK = 32;

  private Lapack() {}

  /** Doubles of workspace for {@link #qr} of this many columns: tau, then work. */
  static int qrWorkspace(int columns) {
    return columns * (BLOCK + 1);
  }

  /** Householder QR in place: leaves R on and above the diagonal, reflectors below. */
  static void qr(int rows, int columns, double[] a, int ld, double[] tau, double[] work) {
    intW info = new intW(0);
    LAPACK_IN_JAVA.dgeqrf(rows, columns, a, ld, tau, work, columns * BLOCK, info);
    require("dgeqrf", info);
  }

  /**
   * Inverse of an upper triangle without zeros on its diagonal.
   *
   * @return m × m, column-major
   */
  static double[] inverseOfUpper(int m, double[] r, int ld) {
    double[] inverse = new double[m * m];
    if (m > 0) {
      inverseOfUpper(m, r, ld, inverse);
    }
    return inverse;
  }

  /** The same, written into the first m × m values of an array whose lower triangle is not used. */
  static void inverseOfUpper(int m, double[] r, int ld, double[] inverse) {
    for (int j = 0; j < m; j++) {
      System.arraycopy(r, j * ld, inverse, j * m, j + 1);
    }
    intW info = new intW(0);
    LAPACK_IN_JAVA.dtrtri("U", "N", m, inverse, m, info);
    require("dtrtri", info);
  }

  /** Solves R·x = b for an upper triangle without zeros on its diagonal; x takes the place of b. */
  static void solveUpper(int m, double[] r, int ld, double[] b) {
    if (m > 0) {
      intW info = new intW(0);
      LAPACK_IN_JAVA.dtrtrs("U", "N", "N", m, 1, r, ld, b, m, info);
      require("dtrtrs", info);
    }
  }

  /**
   * Singular values, largest first, and the right singular vector of the smallest.
   *
   * @param a m × m, column-major; overwritten
   * @return m values, then m components
   */
  static double[] singularValues(int m, double[] a) {
    double[] values = new double[m];
    double[] vt = new double[m * m];
    double[] work = new double[Math.max(1, 8 * m * BLOCK)];
    intW info = new intW(0);
    LAPACK_IN_JAVA.dgesvd("N", "A", m, m, a, m, values, work, 1, vt, m, work, work.length, info);
    require("dgesvd", info);
    double[] result = new double[2 * m];
    System.arraycopy(values, 0, result, 0, m);
    for (int j = 0; j < m; j++) {
      result[m + j] = vt[j * m + m - 1];
    }
    return result;
  }

  /**
   * Cholesky factor R of A = RᵀR in place, in the upper triangle.
   *
   * @return whether A is positive definite
   */
  static boolean cholesky(int m, double[] a, int ld, intW info) {
    LAPACK_IN_JAVA.dpotrf("U", m, a, ld, info);
    return info.val == 0;
  }

  /**
   * Eigenvalues of a general matrix.
   *
   * @param a m × m, column-major; overwritten
   * @return m real parts, then m imaginary parts
   */
  static double[] eigenvalues(int m, double[] a) {
    double[] real = new double[m];
    double[] imaginary = new double[m];
    double[] none = new double[1];
    double[] work = new double[Math.max(1, 8 * m)];
    intW info = new intW(0);
    LAPACK_IN_JAVA.dgeev(
        "N", "N", m, a, m, real, imaginary, none, 1, none, 1, work, work.length, info);
    require("dgeev", info);
    double[] result = new double[2 * m];
    System.arraycopy(real, 0, result, 0, m);
    System.arraycopy(imaginary, 0, result, m, m);
    return result;
  }

  private static void require(String routine, intW info) {
    if (info.val != 0) {
      throw new ArithmeticException(
          "LAPACK's %s returned %d; are all values finite?".formatted(routine, info.val));
    }
  }
}
