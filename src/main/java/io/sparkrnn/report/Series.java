package io.sparkrnn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One line of a chart.
 *
 * @param name shown in the legend and while the pointer rests on a point
 * @param style class of the style sheet: colour and dashes
 * @param points of the line, from left to right; where y is not finite there is a gap
 */
record Series(String name, String style, List<Point> points) {

  /** A position along the bottom and the value there. */
  record Point(double x, double y) {}

  /** A line through positions and as many values. */
  static Series of(String name, String style, double[] x, double[] y) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      points.add(new Point(x[i], y[i]));
    }
    return new Series(name, style, points);
  }

  /** The style of the n-th line among equals. */
  static String style(int n) {
    return "line" + n % 6;
  }

  /** All values. */
  double[] values() {
    return points.stream().mapToDouble(Point::y).toArray();
  }

  /** The value at a position, if the line has a point there. */
  OptionalDouble at(double x) {
    return points.stream().filter(point -> point.x() == x).mapToDouble(Point::y).findFirst();
  }
}
