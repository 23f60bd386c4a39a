package io.sparkrnn.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Equal distances are equal ratios. Ticks at powers of ten, with 2 and 5 times those where fewer
 * than three decades are shown, and at every n-th power where there are many.
 */
record LogarithmicAxis(double least, double most) implements Axis {

  /** An axis with a little room on both sides. */
  static LogarithmicAxis covering(double least, double most) {
    return new LogarithmicAxis(least / 1.1, most * 1.1);
  }

  @Override
  public double position(double value) {
    return (Math.log10(value) - Math.log10(least)) / (Math.log10(most) - Math.log10(least));
  }

  @Override
  public List<Double> ticks() {
    int first = (int) Math.floor(Math.log10(least));
    int last = (int) Math.ceil(Math.log10(most));
    double[] multiples = last - first <= 3 ? new double[] {1, 2, 5} : new double[] {1};
    List<Double> ticks = new ArrayList<>();
    for (int power = first; power <= last; power += Math.max(1, (last - first) / 6)) {
      for (double multiple : multiples) {
        double tick = multiple * Math.pow(10, power);
        if (tick >= least && tick <= most) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  @Override
  public String label(double tick) {
    return Numbers.tick(tick, tick);
  }
}
