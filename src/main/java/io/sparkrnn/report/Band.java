package io.sparkrnn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A shaded area between two lines.
 *
 * @param name shown in the legend
 * @param x positions, from left to right
 * @param lower values
 * @param upper values; where one of them is not finite the area is interrupted
 */
@SuppressWarnings("ArrayRecordComponent") // a compact carrier, drawn once
record Band(String name, double[] x, double[] lower, double[] upper) {

  /** Whether there is any area. */
  boolean isDrawable() {
    for (int i = 0; i < x.length; i++) {
      if (there(i)) {
        return true;
      }
    }
    return false;
  }

  /** All values, to lay an axis over. */
  double[] values() {
    return DoubleStream.concat(DoubleStream.of(lower), DoubleStream.of(upper))
        .filter(Axis::drawable)
        .toArray();
  }

  /** The areas, one for each stretch without a gap. */
  List<Element> draw(Frame frame) {
    List<Element> areas = new ArrayList<>();
    for (int from = 0; from < x.length; from++) {
      int to = from;
      while (to < x.length && there(to)) {
        to++;
      }
      if (to > from) {
        areas.add(area(frame, from, to));
        from = to;
      }
    }
    return areas;
  }

  private boolean there(int i) {
    return Axis.drawable(lower[i]) && Axis.drawable(upper[i]);
  }

  private Element area(Frame frame, int from, int to) {
    List<double[]> outline = new ArrayList<>();
    for (int i = from; i < to; i++) {
      outline.add(new double[] {frame.x(x[i]), frame.y(upper[i])});
    }
    for (int i = to - 1; i >= from; i--) {
      outline.add(new double[] {frame.x(x[i]), frame.y(lower[i])});
    }
    return Svg.path("interval", outline);
  }
}
