package io.sparkrnn.statistics;

import java.util.stream.IntStream;

/**
 * Roots z of 1 − φ_1 z − … − φ_K z^K, the reciprocals of the eigenvalues of the companion matrix. A
 * series is stationary if all lie outside the unit circle; a complex pair is a cycle.
 *
 * @param real real parts, smallest modulus first
 * @param imaginary imaginary parts
 */
@SuppressWarnings("ArrayRecordComponent") // immutable by agreement, as arrays are in this project
public record CharacteristicRoots(double[] real, double[] imaginary) {

  /** The roots of φ_1 … φ_K; trailing zeros of φ have none. */
  static CharacteristicRoots of(double[] coefficients) {
    int m = coefficients.length;
    while (m > 0 && coefficients[m - 1] == 0) {
      m--;
    }
    double[] companion = new double[m * m];
    for (int j = 0; j < m; j++) {
      companion[j * m] = coefficients[j];
      if (j + 1 < m) {
        companion[j * m + j + 1] = 1;
      }
    }
    double[] values = m == 0 ? new double[0] : Lapack.eigenvalues(m, companion);
    int count = m;
    int[] order =
        IntStream.range(0, m)
            .boxed()
            .sorted(
                (i, j) ->
                    Double.compare(
                        Math.hypot(values[j], values[count + j]),
                        Math.hypot(values[i], values[count + i])))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] real = new double[m];
    double[] imaginary = new double[m];
    for (int i = 0; i < m; i++) {
      double a = values[order[i]];
      double b = values[m + order[i]];
      double square = a * a + b * b;
      real[i] = a / square;
      imaginary[i] = -b / square;
    }
    return new CharacteristicRoots(real, imaginary);
  }

  /** Number of roots. */
  public int size() {
    return real.length;
  }

  /** |z| of every root, smallest first. */
  public double[] moduli() {
    double[] moduli = new double[real.length];
    for (int i = 0; i < moduli.length; i++) {
      moduli[i] = Math.hypot(real[i], imaginary[i]);
    }
    return moduli;
  }

  /** Steps a cycle of every root, 2π / |arg z|; infinite for a positive real root. */
  public double[] periods() {
    double[] periods = new double[real.length];
    for (int i = 0; i < periods.length; i++) {
      periods[i] = 2 * Math.PI / Math.abs(Math.atan2(imaginary[i], real[i]));
    }
    return periods;
  }
}
