package io.sparkrnn.report;

import io.sparkrnn.report.Svg.Anchor;

/**
 * The rectangle a chart is drawn in, with its axes, grid and titles.
 *
 * @param width of the whole picture
 * @param height of the whole picture
 * @param top room above the axes
 * @param x along the bottom
 * @param y along the left
 */
record Frame(double width, double height, double top, Axis x, Axis y) {
  /** Room above the axes for a legend and the name of a mark. */
  static final double LEGEND = 46;

  private static final double CHARACTER = 7.6;
  private static final double BOTTOM = 46;
  private static final double RIGHT = 16;

  /** The same axes with more room above them. */
  Frame lowered(double by) {
    return new Frame(width, height + by, top + by, x, y);
  }

  /** Position of a value along the bottom. */
  double x(double value) {
    return left() + x.position(value) * (width - left() - RIGHT);
  }

  /** Position of a value along the left. */
  double y(double value) {
    return bottom() - y.position(value) * (bottom() - top);
  }

  double left() {
    int columns = y.ticks().stream().mapToInt(tick -> y.label(tick).length()).max().orElse(1);
    return 32 + CHARACTER * columns;
  }

  double right() {
    return width - RIGHT;
  }

  double bottom() {
    return height - BOTTOM;
  }

  /** An empty picture: grid, ticks and titles of both axes. */
  Element draw(String xTitle, String yTitle, String description) {
    Element picture = Svg.picture(width, height, description).set("class", "chart");
    for (double tick : y.ticks()) {
      picture.add(
          Svg.line("grid", left(), y(tick), right(), y(tick)),
          Svg.text(Anchor.END, left() - 8, y(tick) + 4.5, y.label(tick)));
    }
    for (double tick : x.ticks()) {
      picture.add(
          Svg.line("axis", x(tick), bottom(), x(tick), bottom() + 5),
          Svg.text(Anchor.MIDDLE, x(tick), bottom() + 20, x.label(tick)));
    }
    double middle = (top + bottom()) / 2;
    return picture.add(
        Svg.line("axis", left(), bottom(), right(), bottom()),
        Svg.text(Anchor.MIDDLE, (left() + right()) / 2, height - 7, xTitle).set("class", "title"),
        Svg.turned(Anchor.MIDDLE, 90, 14, middle, yTitle).set("class", "title"));
  }
}
