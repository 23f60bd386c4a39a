package io.sparkrnn.report;

import java.util.Arrays;
import java.util.List;

/** Where values stand along a side of a picture, and which of them are written there. */
sealed interface Axis permits LinearAxis, LogarithmicAxis, CalendarAxis {

  /** Beyond this size differences overflow; such values are not drawn. */
  double LARGEST = 1e100;

  /** From 0 at the axis's start to 1 at its end. */
  double position(double value);

  /** The values written along the axis, ascending, all within it. */
  List<Double> ticks();

  /** What is written at a tick. */
  String label(double tick);

  /** Whether a value can be drawn at all. */
  static boolean drawable(double value) {
    return Math.abs(value) <= LARGEST;
  }

  /**
   * An axis for losses: logarithmic if they are positive and span more than a factor of 30, else
   * the first epochs would flatten all others; linear if not.
   */
  static Axis ofLosses(double[] values) {
    double[] drawable = Arrays.stream(values).filter(Axis::drawable).toArray();
    double least = Arrays.stream(drawable).min().orElse(0);
    double most = Arrays.stream(drawable).max().orElse(1);
    return least > 0 && most / least > 30
        ? LogarithmicAxis.covering(least, most)
        : LinearAxis.covering(drawable);
  }
}
