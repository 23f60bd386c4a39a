package io.sparkrnn.report;

import java.util.List;
import java.util.Locale;

/** The few SVG elements the pictures are made of; lengths in the picture's own units. */
final class Svg {

  private Svg() {}

  /** A picture of a size, with a sentence for those who cannot see it. */
  static Element picture(double width, double height, String description) {
    return new Element("svg")
        .set("xmlns", "http://www.w3.org/2000/svg")
        .set(
            "viewBox", "0 0 %s %s".formatted(Numbers.coordinate(width), Numbers.coordinate(height)))
        .set("role", "img")
        .set("aria-label", description);
  }

  /** A straight line. */
  static Element line(String style, double x1, double y1, double x2, double y2) {
    return new Element("line")
        .set("class", style)
        .set("x1", x1)
        .set("y1", y1)
        .set("x2", x2)
        .set("y2", y2);
  }

  /** A rectangle. */
  static Element rectangle(String style, double x, double y, double width, double height) {
    return new Element("rect")
        .set("class", style)
        .set("x", x)
        .set("y", y)
        .set("width", width)
        .set("height", height);
  }

  /** A dot. */
  static Element dot(String style, double x, double y, double radius) {
    return new Element("circle").set("class", style).set("cx", x).set("cy", y).set("r", radius);
  }

  /** Lines through points (x, y); a point that is not finite breaks the line. */
  static Element path(String style, List<double[]> points) {
    StringBuilder path = new StringBuilder();
    char command = 'M';
    for (double[] point : points) {
      if (!Double.isFinite(point[0]) || !Double.isFinite(point[1])) {
        command = 'M';
        continue;
      }
      path.append(command).append(Numbers.coordinate(point[0])).append(' ');
      path.append(Numbers.coordinate(point[1]));
      command = 'L';
    }
    return new Element("path").set("class", style).set("d", path.toString());
  }

  /** Text at a point. */
  static Element text(Anchor anchor, double x, double y, String text) {
    return new Element("text")
        .set("x", x)
        .set("y", y)
        .set("text-anchor", anchor.name().toLowerCase(Locale.ROOT))
        .text(text);
  }

  /** Text turned counter-clockwise about its point by some degrees. */
  static Element turned(Anchor anchor, double degrees, double x, double y, String text) {
    String turn =
        "rotate(%s %s %s)"
            .formatted(Numbers.coordinate(-degrees), Numbers.coordinate(x), Numbers.coordinate(y));
    return text(anchor, x, y, text).set("transform", turn);
  }

  /** What is shown while the pointer rests on the element this is added to. */
  static Element hover(String text) {
    return Html.text("title", text);
  }

  /** Which part of a text stands at its point. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }
}
