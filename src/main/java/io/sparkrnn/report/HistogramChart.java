package io.sparkrnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Counts in bins of equal width as a picture.
 *
 * @param from left edge of the first bin
 * @param width of a bin
 * @param counts a count a bin
 */
record HistogramChart(double from, double width, List<Long> counts) {

  /** From {@code residuals} of {@code metrics.json}. */
  static HistogramChart of(JsonNode residuals) {
    List<Long> counts =
        Trees.elements(residuals.path("counts")).stream().map(JsonNode::asLong).toList();
    return new HistogramChart(
        residuals.path("from").asDouble(), residuals.path("width").asDouble(), counts);
  }

  /** Whether there is anything to draw. */
  boolean isDrawable() {
    return counts.size() > 0 && width > 0 && Axis.drawable(from) && Axis.drawable(width);
  }

  /** The picture. */
  Element draw(String xTitle, String description) {
    double[] tops = new double[counts.size() + 1];
    for (int i = 0; i < counts.size(); i++) {
      tops[i] = counts.get(i);
    }
    double end = Math.max(from + width * counts.size(), 0);
    double start = Math.min(from, 0);
    double room = Math.max(end - start, 4 * width) / 40;
    Frame frame =
        new Frame(
            480, 250, 12, LinearAxis.between(start - room, end + room), LinearAxis.covering(tops));
    Element picture = frame.draw(xTitle, "values", description);
    for (int i = 0; i < counts.size(); i++) {
      double left = frame.x(from + i * width);
      double right = frame.x(from + (i + 1) * width);
      double top = frame.y(counts.get(i));
      picture.add(
          Svg.rectangle("bar", left, top, Math.max(right - left - 0.6, 0.6), frame.bottom() - top)
              .add(Svg.hover(bin(i))));
    }
    return picture.add(Svg.line("mark", frame.x(0), frame.top(), frame.x(0), frame.bottom()));
  }

  private String bin(int i) {
    return "%s to %s: %s values"
        .formatted(
            Numbers.score(from + i * width),
            Numbers.score(from + (i + 1) * width),
            Numbers.whole(counts.get(i)));
  }
}
