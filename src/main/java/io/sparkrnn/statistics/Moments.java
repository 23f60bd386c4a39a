package io.sparkrnn.statistics;

/** Mean of many values, to the last digit but one whatever their size. */
final class Moments {
  private Moments() {}

  /** The mean, corrected by the mean of what it leaves over. */
  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double left = 0;
    for (double value : values) {
      left += value - mean;
    }
    return mean + left / values.length;
  }
}
