package io.sparkrnn.ml;

import io.sparkrnn.sequence.Normalizer;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * Mean and deviation of columns of numbers from sums that do not depend on the order or grouping of
 * sequences: each sequence is summed in the order of its steps, and those sums are added exactly.
 * So scaling is the same bytes however the source is partitioned. Sums of a sequence carry what
 * their roundings lose (Ogita, Rump, Oishi 2005), so that a column far from zero keeps its
 * deviation.
 */
final class ExactSums implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Variance, as a share of the mean square, below which values differ by their rounding alone. */
  private static final double NOTHING = 1e-24;

  private BigDecimal[] counts = {};
  private BigDecimal[] sums = {};
  private BigDecimal[] squares = {};

  /** Adds the rows of one sequence that counts once. */
  void add(Features.Numbers numbers) {
    add(numbers, 1f);
  }

  /**
   * Adds the rows of one sequence; NaN stands for a value that is not there.
   *
   * @param weight as which the sequence counts: 2 is the sequence twice, to the bit
   */
  void add(Features.Numbers numbers, float weight) {
    int width = numbers.width();
    grow(width);
    BigDecimal times = new BigDecimal(weight);
    for (int j = 0; j < width; j++) {
      long count = 0;
      Compensated sum = new Compensated();
      Compensated square = new Compensated();
      for (int i = j; i < numbers.values().length; i += width) {
        double value = numbers.values()[i];
        if (!Double.isNaN(value)) {
          count++;
          sum.add(value);
          double product = value * value;
          square.add(product);
          square.add(Math.fma(value, value, -product));
        }
      }
      counts[j] = counts[j].add(times.multiply(BigDecimal.valueOf(count)));
      sums[j] = sums[j].add(sum.exact().multiply(times));
      squares[j] = squares[j].add(square.exact().multiply(times));
    }
  }

  /** Adds what another one has seen. */
  void merge(ExactSums other) {
    grow(other.sums.length);
    for (int j = 0; j < other.sums.length; j++) {
      counts[j] = counts[j].add(other.counts[j]);
      sums[j] = sums[j].add(other.sums[j]);
      squares[j] = squares[j].add(other.squares[j]);
    }
  }

  /** Scaling to mean 0 and variance 1; a column that does not vary is only shifted. */
  Normalizer normalizer() {
    double[] mean = new double[sums.length];
    double[] deviation = new double[sums.length];
    for (int j = 0; j < sums.length; j++) {
      BigDecimal n = counts[j].signum() == 0 ? BigDecimal.ONE : counts[j];
      BigDecimal exactMean = sums[j].divide(n, MathContext.DECIMAL128);
      BigDecimal meanSquare = squares[j].divide(n, MathContext.DECIMAL128);
      double variance = meanSquare.subtract(exactMean.pow(2)).doubleValue();
      mean[j] = exactMean.doubleValue();
      boolean varies = variance > NOTHING * meanSquare.doubleValue();
      deviation[j] = varies ? Math.sqrt(variance) : 1;
    }
    return new Normalizer(mean, deviation);
  }

  private void grow(int width) {
    int known = sums.length;
    if (width > known) {
      counts = Arrays.copyOf(counts, width);
      sums = Arrays.copyOf(sums, width);
      squares = Arrays.copyOf(squares, width);
      Arrays.fill(counts, known, width, BigDecimal.ZERO);
      Arrays.fill(sums, known, width, BigDecimal.ZERO);
      Arrays.fill(squares, known, width, BigDecimal.ZERO);
    }
  }

  /** A sum and what its roundings lost. */
  private static final class Compensated {
    private double sum;
    private double lost;

    void add(double value) {
      double next = sum + value;
      double part = next - sum;
      lost += (sum - (next - part)) + (value - part);
      sum = next;
    }

    BigDecimal exact() {
      return new BigDecimal(sum).add(new BigDecimal(lost));
    }
  }
}
