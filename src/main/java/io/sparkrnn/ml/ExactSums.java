package io.sparkrnn.ml;

import io.sparkrnn.sequence.Normalizer;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * Mean and deviation of columns of numbers from sums that do not depend on the order or grouping of
 * sequences: each sequence is summed in double in the order of its steps, and those sums are added
 * exactly. So scaling is the same bytes however the source is partitioned.
 */
final class ExactSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private long count;
  private BigDecimal[] sums = {};
  private BigDecimal[] squares = {};

  /** Adds the rows of one sequence; NaN stands for a value that is not there. */
  void add(Features.Numbers numbers) {
    int width = numbers.width();
    double[] sum = new double[width];
    double[] square = new double[width];
    for (int i = 0; i < numbers.values().length; i++) {
      double value = numbers.values()[i];
      if (!Double.isNaN(value)) {
        sum[i % width] += value;
        square[i % width] += value * value;
      }
    }
    grow(width);
    count += numbers.length();
    for (int j = 0; j < width; j++) {
      sums[j] = sums[j].add(exact(sum[j]));
      squares[j] = squares[j].add(exact(square[j]));
    }
  }

  /** Adds what another one has seen. */
  void merge(ExactSums other) {
    grow(other.sums.length);
    count += other.count;
    for (int j = 0; j < other.sums.length; j++) {
      sums[j] = sums[j].add(other.sums[j]);
      squares[j] = squares[j].add(other.squares[j]);
    }
  }

  /** Scaling to mean 0 and variance 1; a column that does not vary is only shifted. */
  Normalizer normalizer() {
    double[] mean = new double[sums.length];
    double[] deviation = new double[sums.length];
    BigDecimal n = BigDecimal.valueOf(Math.max(1, count));
    for (int j = 0; j < sums.length; j++) {
      BigDecimal exactMean = sums[j].divide(n, MathContext.DECIMAL128);
      BigDecimal meanSquare = squares[j].divide(n, MathContext.DECIMAL128);
      double variance = meanSquare.subtract(exactMean.pow(2)).doubleValue();
      mean[j] = exactMean.doubleValue();
      // Sums of squares carry a relative error of some 1e-15: below it nothing varies.
      boolean varies = variance > 1e-14 * meanSquare.doubleValue();
      deviation[j] = varies ? Math.sqrt(variance) : 1;
    }
    return new Normalizer(mean, deviation);
  }

  private static BigDecimal exact(double value) {
    return Double.isFinite(value) ? new BigDecimal(value) : BigDecimal.ZERO;
  }

  private void grow(int width) {
    int known = sums.length;
    if (width > known) {
      sums = Arrays.copyOf(sums, width);
      squares = Arrays.copyOf(squares, width);
      Arrays.fill(sums, known, width, BigDecimal.ZERO);
      Arrays.fill(squares, known, width, BigDecimal.ZERO);
    }
  }
}
