package io.sparkrnn.report;

import io.sparkrnn.report.Svg.Anchor;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Lines over a common axis, with a legend, an optional mark, and the values at every position shown
 * while the pointer rests there.
 *
 * @param frame size and axes
 * @param xTitle what runs along the bottom
 * @param yTitle what runs up the left
 * @param series the lines; they may have different positions
 * @param mark a position made visible, such as the best epoch
 * @param band an area behind the lines
 */
record LineChart(
    Frame frame,
    String xTitle,
    String yTitle,
    List<Series> series,
    Optional<Mark> mark,
    Optional<Band> band) {
  /** More positions than this share one band under the pointer. */
  private static final int BANDS = 250;

  /** Up to this many points of a line are shown as dots. */
  private static final int DOTS = 60;

  /** Lines through more points than this are drawn thinner. */
  private static final int FINE = 150;

  /** Makes the frame higher where the legend takes more than one row. */
  LineChart {
    frame = frame.lowered(legend(frame, series, band).extraHeight());
  }

  /** Lines without an area behind them. */
  LineChart(Frame frame, String xTitle, String yTitle, List<Series> series, Optional<Mark> mark) {
    this(frame, xTitle, yTitle, series, mark, Optional.empty());
  }

  /** A position with a name. */
  record Mark(double x, String label) {}

  /** All values of some lines, to lay an axis over. */
  static double[] values(List<Series> series) {
    return series.stream().flatMapToDouble(line -> Arrays.stream(line.values())).toArray();
  }

  /** The picture, with a sentence for those who cannot see it. */
  Element draw(String description) {
    Element picture = frame.draw(xTitle, yTitle, description);
    band.ifPresent(area -> picture.add(area.draw(frame)));
    mark.ifPresent(best -> drawMark(best, picture));
    series.forEach(line -> drawLine(line, picture));
    drawLegend(picture);
    drawBands(picture);
    return picture;
  }

  private void drawMark(Mark best, Element picture) {
    double x = frame.x(best.x());
    double reach = 3.6 * best.label().length();
    double label = Math.min(Math.max(x, frame.left() + reach), frame.right() - reach);
    picture.add(
        Svg.line("mark", x, frame.top() - 5, x, frame.bottom()),
        Svg.text(Anchor.MIDDLE, label, frame.top() - 9, best.label()));
  }

  private void drawLine(Series line, Element picture) {
    List<double[]> points =
        line.points().stream()
            .map(point -> new double[] {frame.x(point.x()), yOrGap(point.y())})
            .toList();
    String weight = points.size() <= FINE ? "line " : "fine line ";
    picture.add(Svg.path(weight + line.style(), points));
    if (points.size() <= DOTS) {
      points.stream()
          .filter(point -> Double.isFinite(point[1]))
          .forEach(point -> picture.add(Svg.dot("dot " + line.style(), point[0], point[1], 2.6)));
    }
  }

  private double yOrGap(double value) {
    return Axis.drawable(value) ? frame.y(value) : Double.NaN;
  }

  private static Legend legend(Frame frame, List<Series> series, Optional<Band> band) {
    List<String> names = new ArrayList<>();
    series.forEach(line -> names.add(line.name()));
    band.ifPresent(area -> names.add(area.name()));
    return new Legend(frame.left(), frame.right(), names);
  }

  private void drawLegend(Element picture) {
    List<Legend.Place> places = legend(frame, series, band).places();
    for (int i = 0; i < series.size(); i++) {
      Legend.line(picture, places.get(i), series.get(i).style(), series.get(i).name());
    }
    band.ifPresent(area -> Legend.area(picture, places.get(series.size()), area.name()));
  }

  private void drawBands(Element picture) {
    double[] all =
        series.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(Series.Point::x)
            .sorted()
            .distinct()
            .toArray();
    int stride = Math.max(1, (all.length + BANDS - 1) / BANDS);
    double[] shown =
        IntStream.range(0, (all.length + stride - 1) / stride)
            .mapToDouble(i -> all[i * stride])
            .toArray();
    for (int i = 0; i < shown.length; i++) {
      double start = i == 0 ? frame.left() : (frame.x(shown[i - 1]) + frame.x(shown[i])) / 2;
      double end =
          i == shown.length - 1 ? frame.right() : (frame.x(shown[i]) + frame.x(shown[i + 1])) / 2;
      picture.add(
          Svg.rectangle("band", start, frame.top(), end - start, frame.bottom() - frame.top())
              .add(Svg.hover(valuesAt(shown[i]))));
    }
  }

  private String position(double x) {
    if (frame.x() instanceof CalendarAxis) {
      return LocalDateTime.ofEpochSecond(Math.round(x), 0, ZoneOffset.UTC).toString();
    }
    return x == Math.rint(x) ? Numbers.whole(x) : Numbers.fixed(x, 3);
  }

  private String valuesAt(double x) {
    List<String> lines = new ArrayList<>();
    lines.add(xTitle + " " + position(x));
    for (Series line : series) {
      line.at(x).ifPresent(y -> lines.add(line.name() + " " + Numbers.score(y)));
    }
    return String.join("\n", lines);
  }
}
