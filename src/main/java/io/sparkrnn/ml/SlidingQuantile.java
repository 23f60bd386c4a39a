package io.sparkrnn.ml;

import java.util.ArrayDeque;
import java.util.Arrays;

/** Quantiles of the numbers of the last steps, kept sorted. */
final class SlidingQuantile {

  private final ArrayDeque<double[]> arrived = new ArrayDeque<>();
  private double[] sorted = new double[32];
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
      sorted = Arrays.copyOf(sorted, 2 * size);
    }
    int place = place(number);
    System.arraycopy(sorted, place, sorted, place + 1, size - place);
    sorted[place] = number;
    size++;
    arrived.add(new double[] {step, number});
  }

  /** Drops the numbers of this step and of earlier ones. */
  void forget(int step) {
    while (!arrived.isEmpty() && arrived.peek()[0] <= step) {
      int place = place(arrived.remove()[1]);
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
