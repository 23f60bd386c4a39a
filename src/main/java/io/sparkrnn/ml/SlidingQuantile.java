package io.sparkrnn.ml;

import java.util.Arrays;

/** Quantiles of the numbers of the last steps, kept sorted. */
final class SlidingQuantile {

  private double[] sorted = new double[32];
  private double[] numbers = new double[32]; // as they arrived, a ring like their steps
  private int[] steps = new int[32];
  private int oldest;
  private int size;

  static SlidingQuantile[] many(int count) {
    SlidingQuantile[] all = new SlidingQuantile[count];
    Arrays.setAll(all, i -> new SlidingQuantile());
    return all;
  }

  int size() {
    return size;
  }

  /** Adds a number of a step; steps never fall. */
  void add(int step, double number) {
    if (size == sorted.length) {
      grow();
    }
    int place = place(number);
    System.arraycopy(sorted, place, sorted, place + 1, size - place);
    sorted[place] = number;
    int free = (oldest + size) % numbers.length;
    numbers[free] = number;
    steps[free] = step;
    size++;
  }

  private void grow() {
    double[] moreNumbers = new double[2 * size];
    int[] moreSteps = new int[2 * size];
    for (int i = 0; i < size; i++) {
      moreNumbers[i] = numbers[(oldest + i) % size];
      moreSteps[i] = steps[(oldest + i) % size];
    }
    sorted = Arrays.copyOf(sorted, 2 * size);
    numbers = moreNumbers;
    steps = moreSteps;
    oldest = 0;
  }

  /** Drops the numbers of this step and of earlier ones. */
  void forget(int step) {
    while (size > 0 && steps[oldest] <= step) {
      int place = place(numbers[oldest]);
      oldest = (oldest + 1) % numbers.length;
      System.arraycopy(sorted, place + 1, sorted, place, size - place - 1);
      size--;
    }
  }

  /** The ⌈(n + 1)·share⌉-th smallest, or the largest. */
  double quantile(double share) {
    return sorted[(int) Math.min(size, Math.ceil((size + 1) * share)) - 1];
  }

  /** Where a number stands, or is to stand. */
  private int place(double number) {
    int found = Arrays.binarySearch(sorted, 0, size, number);
    return found >= 0 ? found : -found - 1;
  }
}
