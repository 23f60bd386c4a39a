package io.sparkrnn.sequence;

import java.io.Serializable;
import java.util.Arrays;

/**
 * x′ = (x − mean) / deviation for each column of values, from sums over the training data. A column
 * that never varies is only shifted.
 */
public final class Normalizer implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] mean;
  private final double[] deviation;

  /** Takes mean and standard deviation of each column, deviations above zero. */
  public Normalizer(double[] mean, double[] deviation) {
    this.mean = mean.clone();
    this.deviation = deviation.clone();
  }

  /** Leaves values as they are. */
  public static Normalizer identity(int width) {
    double[] ones = new double[width];
    Arrays.fill(ones, 1);
    return new Normalizer(new double[width], ones);
  }

  /** Number of columns. */
  public int width() {
    return mean.length;
  }

  /** Mean of a column. */
  public double mean(int column) {
    return mean[column];
  }

  /** Standard deviation of a column. */
  public double deviation(int column) {
    return deviation[column];
  }

  /** The scaled value. */
  public float scale(int column, double value) {
    return (float) ((value - mean[column]) / deviation[column]);
  }

  /** The value of the original scale. */
  public double restore(int column, double scaled) {
    return scaled * deviation[column] + mean[column];
  }

  /** Count, mean and Σ(x − mean)² of each column, merged as in Chan, Golub, LeVeque (1979). */
  public static final class Moments implements Serializable {
    private static final long serialVersionUID = 1L;

    private long count;
    private final double[] mean;
    private final double[] squares;

    /** Starts with nothing. */
    public Moments(int width) {
      mean = new double[width];
      squares = new double[width];
    }

    /** Adds one row. */
    public void add(double[] row) {
      count++;
      for (int j = 0; j < mean.length; j++) {
        double delta = row[j] - mean[j];
        mean[j] += delta / count;
        squares[j] += delta * (row[j] - mean[j]);
      }
    }

    /** Adds what another one has seen. */
    public void merge(Moments other) {
      if (other.count == 0) {
        return;
      }
      if (count == 0) { // exactly, so that a column that never varies keeps a variance of 0
        count = other.count;
        System.arraycopy(other.mean, 0, mean, 0, mean.length);
        System.arraycopy(other.squares, 0, squares, 0, squares.length);
        return;
      }
      double total = (double) count + other.count;
      for (int j = 0; j < mean.length; j++) {
        double delta = other.mean[j] - mean[j];
        mean[j] += delta * other.count / total;
        squares[j] += other.squares[j] + delta * delta * count * other.count / total;
      }
      count += other.count;
    }

    /** Scaling to mean 0 and variance 1. */
    public Normalizer normalizer() {
      double[] deviation = new double[mean.length];
      for (int j = 0; j < mean.length; j++) {
        double variance = count == 0 ? 0 : squares[j] / count;
        deviation[j] = variance > 0 ? Math.sqrt(variance) : 1;
      }
      return new Normalizer(mean, deviation);
    }
  }
}
