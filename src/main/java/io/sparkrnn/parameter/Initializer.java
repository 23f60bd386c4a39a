package io.sparkrnn.parameter;

import io.sparkrnn.math.RandomStream;
import io.sparkrnn.math.Rows;

/** How a tensor begins. */
@FunctionalInterface
public interface Initializer {

  /** Fills the tensor ({@code rows × columns}; a vector is one row). */
  void fill(Rows tensor, RandomStream random);

  /** Zeros. */
  static Initializer zeros() {
    return (tensor, random) -> tensor.fill(0f);
  }

  /** Uniform in ±√(6 / (columns + rows)) for each block of {@code blockRows} rows (Glorot 2010). */
  static Initializer glorot(int blockRows) {
    return (tensor, random) ->
        uniform(tensor, (float) Math.sqrt(6.0 / (tensor.width() + blockRows)), random);
  }

  /** Normal with this standard deviation. */
  static Initializer normal(double deviation) {
    return (tensor, random) -> {
      for (int row = 0; row < tensor.count(); row++) {
        for (int j = 0; j < tensor.width(); j++) {
          tensor.set(row, j, (float) (deviation * random.nextGaussian()));
        }
      }
    };
  }

  /** Orthonormal columns in each block of as many rows as there are columns (Saxe 2014). */
  static Initializer orthogonalBlocks() {
    return (tensor, random) -> {
      int size = tensor.width();
      for (int first = 0; first + size <= tensor.count(); first += size) {
        orthogonal(tensor.slice(first, size), random);
      }
    };
  }

  private static void uniform(Rows tensor, float bound, RandomStream random) {
    for (int row = 0; row < tensor.count(); row++) {
      for (int j = 0; j < tensor.width(); j++) {
        tensor.set(row, j, bound * (2f * random.nextFloat() - 1f));
      }
    }
  }

  /** Modified Gram–Schmidt on normal rows. */
  private static void orthogonal(Rows block, RandomStream random) {
    int size = block.width();
    double[][] rows = new double[size][size];
    for (int i = 0; i < size; i++) {
      double[] row = rows[i];
      for (int j = 0; j < size; j++) {
        row[j] = random.nextGaussian();
      }
      for (int before = 0; before < i; before++) {
        addScaled(row, rows[before], -dot(row, rows[before]));
      }
      double norm = Math.sqrt(dot(row, row));
      for (int j = 0; j < size; j++) {
        row[j] /= norm;
        block.set(i, j, (float) row[j]);
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  private static void addScaled(double[] a, double[] b, double factor) {
    for (int j = 0; j < a.length; j++) {
      a[j] += factor * b[j];
    }
  }
}
