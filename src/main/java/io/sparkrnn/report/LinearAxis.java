package io.sparkrnn.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Equal distances are equal differences. Ticks are {@code step}, 1, 2 or 5 times 10^k, apart. */
record LinearAxis(double least, double most, double step) implements Axis {
  private static final int INTERVALS = 5;

  /** Differences below this are taken for none. */
  private static final double SMALLEST = 1e-100;

  /** An axis from the tick at or below the least to the tick at or above the largest value. */
  static LinearAxis covering(double[] values) {
    double[] drawable = Arrays.stream(values).filter(Axis::drawable).toArray();
    double least = Arrays.stream(drawable).min().orElse(0);
    double most = Arrays.stream(drawable).max().orElse(1);
    double size = Math.max(Math.abs(least), Math.abs(most));
    if (most - least <= Math.max(1e-12 * size, SMALLEST)) {
      double room = size <= SMALLEST ? 1 : size / 10;
      least -= room;
      most += room;
    }
    double step = step(most - least, INTERVALS);
    return new LinearAxis(
        Math.floor(least / step + 1e-9) * step, Math.ceil(most / step - 1e-9) * step, step);
  }

  /** An axis from exactly the first to exactly the last whole number, ticks at whole numbers. */
  static LinearAxis counting(double first, double last) {
    double room = first == last ? 0.5 : 0;
    return new LinearAxis(first - room, last + room, Math.max(1, step(last - first, 8)));
  }

  /** An axis from exactly one to exactly the other value. */
  static LinearAxis between(double least, double most) {
    return new LinearAxis(least, most, step(most - least, INTERVALS));
  }

  /** This axis, no longer than from one to the other value. */
  LinearAxis within(double lower, double upper) {
    return new LinearAxis(Math.max(least, lower), Math.min(most, upper), step);
  }

  @Override
  public double position(double value) {
    return (value - least) / (most - least);
  }

  @Override
  public List<Double> ticks() {
    long first = (long) Math.ceil(least / step - 1e-9);
    long last = (long) Math.floor(most / step + 1e-9);
    return LongStream.rangeClosed(first, last).mapToObj(k -> k * step).toList();
  }

  @Override
  public String label(double tick) {
    return Numbers.tick(tick, step);
  }

  private static double step(double span, int intervals) {
    double rough = Math.max(span, Double.MIN_NORMAL) / intervals;
    double unit = Math.pow(10, Math.floor(Math.log10(rough)));
    double times = rough / unit;
    return unit * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
  }
}
