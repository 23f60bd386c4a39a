package io.sparkrnn.oracle;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** The few operations on vectors that the equations are written in. Every result is a new array. */
public final class Vectors {
  private Vectors() {}

  /** y = A·x for a row-major matrix A of {@code y.length} rows and {@code x.length} columns. */
  public static double[] times(double[] matrix, double[] x) {
    int rows = matrix.length / x.length;
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < x.length; j++) {
        y[i] += matrix[i * x.length + j] * x[j];
      }
    }
    return y;
  }

  /** y = A·x + b with the tensors of these names; without a tensor of the bias's name b = 0. */
  public static double[] affine(NamedTensors tensors, String matrix, String bias, double[] x) {
    double[] product = times(tensors.values(matrix), x);
    return tensors.contains(bias) ? plus(product, tensors.values(bias)) : product;
  }

  /** a + b. */
  public static double[] plus(double[] a, double[] b) {
    double[] sum = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      sum[i] = a[i] + b[i];
    }
    return sum;
  }

  /** a∘b, element by element. */
  public static double[] hadamard(double[] a, double[] b) {
    double[] product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = a[i] * b[i];
    }
    return product;
  }

  /** s·a. */
  public static double[] scale(double s, double[] a) {
    return map(element -> s * element, a);
  }

  /** Σᵢ aᵢ·bᵢ. */
  public static double dot(double[] a, double[] b) {
    return Arrays.stream(hadamard(a, b)).sum();
  }

  /** f(a), element by element. */
  public static double[] map(DoubleUnaryOperator f, double[] a) {
    return Arrays.stream(a).map(f).toArray();
  }

  /** a followed by b. */
  public static double[] concatenate(double[] a, double[] b) {
    double[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /** Part number {@code k} of a vector that is made of parts of {@code size} elements. */
  public static double[] part(double[] a, int k, int size) {
    return Arrays.copyOfRange(a, k * size, (k + 1) * size);
  }

  /** The rows in the opposite order. */
  public static double[][] reversed(double[][] rows) {
    double[][] result = new double[rows.length][];
    for (int t = 0; t < rows.length; t++) {
      result[t] = rows[rows.length - 1 - t];
    }
    return result;
  }
}
