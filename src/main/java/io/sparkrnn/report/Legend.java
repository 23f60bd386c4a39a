package io.sparkrnn.report;

import io.sparkrnn.report.Svg.Anchor;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of what a chart shows, side by side above it, in as many rows as they need.
 *
 * @param left where rows begin
 * @param right where they end, unless one name alone is longer
 * @param names in order
 */
record Legend(double left, double right, List<String> names) {
  /** Height of a row. */
  static final double ROW = 20;

  private static final double SIGN = 26;
  private static final double GAP = 6;
  private static final double BETWEEN = 22;
  private static final double CHARACTER = 7.2;

  /** Where a name stands. */
  record Place(double x, int row) {
    private double middle() {
      return 14 + ROW * row;
    }
  }

  /** Where each name stands. */
  List<Place> places() {
    List<Place> places = new ArrayList<>();
    double x = left;
    int row = 0;
    for (String name : names) {
      double width = SIGN + GAP + CHARACTER * Labels.columns(name);
      if (x > left && x + width > right) {
        x = left;
        row++;
      }
      places.add(new Place(x, row));
      x += width + BETWEEN;
    }
    return places;
  }

  /** Room that rows beyond the first take. */
  double extraHeight() {
    List<Place> places = places();
    return places.isEmpty() ? 0 : ROW * places.get(places.size() - 1).row();
  }

  /** Draws a line with its name. */
  static void line(Element picture, Place place, String style, String name) {
    picture.add(
        Svg.line("line " + style, place.x(), place.middle(), place.x() + SIGN, place.middle()));
    name(picture, place, name);
  }

  /** Draws an area with its name. */
  static void area(Element picture, Place place, String name) {
    picture.add(Svg.rectangle("interval", place.x(), place.middle() - 6, SIGN, 12));
    name(picture, place, name);
  }

  private static void name(Element picture, Place place, String name) {
    picture.add(Svg.text(Anchor.START, place.x() + SIGN + GAP, place.middle() + 4.5, name));
  }
}
