package io.sparkrnn.report;

import io.sparkrnn.report.Confusions.Confusion;
import io.sparkrnn.report.Svg.Anchor;
import java.util.List;

/**
 * The table of confusions as a shaded grid, a row an actual class. The shade is the square root of
 * the share of the row, so that small confusions are still seen; right ones on the diagonal have
 * another hue than wrong ones. The worst are listed in words.
 */
final class ConfusionMatrix {
  private static final int MOST_CLASSES = 60;
  private static final int MOST_IN_WORDS = 12;
  private static final int LABEL_COLUMNS = 22;
  private static final double LABEL_SIZE = 13;
  private static final double CHARACTER = 7.2;
  private static final double TURN = 60;
  private static final double RISE = Math.sin(Math.toRadians(TURN));
  private static final double REACH = Math.cos(Math.toRadians(TURN));

  private final Confusions all;
  private final Confusions shown;
  private final double cell;
  private final double left;
  private final double top;
  private final boolean upright;

  ConfusionMatrix(Confusions confusions) {
    this.all = confusions;
    this.shown = confusions.mostFrequent(MOST_CLASSES);
    int classes = shown.columns().size();
    this.cell = classes <= 10 ? 46 : classes <= 20 ? 34 : classes <= 30 ? 26 : 18;
    this.left = Math.max(labelWidth(shown.rows()), 80) + 16;
    this.upright = labelWidth(shown.columns()) < cell;
    this.top = upright ? 44 : Math.max(labelWidth(shown.columns()), 30) * RISE + 26;
  }

  /** The worst confusions in words, then the grid. */
  Element section(String split) {
    Element section =
        Html.section(
            "Confusions",
            Html.note(
                "hint",
                "On the %s set. A row is an actual class, a column what it was taken for;"
                        .formatted(split)
                    + " blue is right, orange is wrong, and the stronger the larger its share of"
                    + " the row."));
    section.add(inWords());
    if (shown.columns().size() < all.columns().size()) {
      section.add(
          Html.note(
              "hint",
              "Shown are the %s most frequent of %s classes."
                  .formatted(MOST_CLASSES, all.columns().size())));
    }
    return section.add(Html.block("scroll", grid()));
  }

  private Element inWords() {
    List<Confusion> worst = all.worst(MOST_IN_WORDS);
    if (worst.isEmpty()) {
      return Html.note("hint", "Nothing was confused.");
    }
    Element list = new Element("ul").set("class", "worst");
    for (Confusion confusion : worst) {
      list.add(
          new Element("li")
              .add(Html.isolated(Labels.visible(confusion.actual())))
              .text(" → ")
              .add(Html.isolated(Labels.visible(confusion.predicted())))
              .add(Html.text("span", " " + share(confusion.count(), confusion.support()))));
    }
    return list;
  }

  private Element grid() {
    int classes = shown.columns().size();
    double right = left + classes * cell;
    double bottom = top + shown.rows().size() * cell;
    double width = right + Math.max(70, upright ? 0 : labelWidth(shown.columns()) * REACH + 10);
    String description =
        "Confusion matrix of %s classes; the list above and the table of classes tell its content."
            .formatted(classes);
    Element grid =
        Svg.picture(width, bottom + 8, description).set("class", "matrix").set("width", width);
    drawGround(grid, right, bottom);
    grid.add(
        Svg.text(Anchor.END, left - 10, top - 26, "predicted →").set("class", "title"),
        Svg.text(Anchor.END, left - 10, top - 8, "actual ↓").set("class", "title"));
    for (int column = 0; column < classes; column++) {
      grid.add(columnLabel(column));
    }
    grid.add(Svg.text(Anchor.START, right + 10, top - 8, "targets").set("class", "title"));
    for (int row = 0; row < shown.rows().size(); row++) {
      drawRow(grid, row, right);
    }
    return grid;
  }

  private void drawGround(Element grid, double right, double bottom) {
    grid.add(Svg.rectangle("ground", left, top, right - left, bottom - top));
    for (double x = left + cell; x < right - 1; x += cell) {
      grid.add(Svg.line("gap", x, top, x, bottom));
    }
    for (double y = top + cell; y < bottom - 1; y += cell) {
      grid.add(Svg.line("gap", left, y, right, y));
    }
  }

  private Element columnLabel(int column) {
    String label = Labels.shortened(shown.columns().get(column), LABEL_COLUMNS);
    double x = center(left, column);
    return upright
        ? Svg.text(Anchor.MIDDLE, x, top - 8, label)
        : Svg.turned(Anchor.START, TURN, x + 4, top - 8, label);
  }

  private void drawRow(Element grid, int row, double right) {
    double baseline = center(top, row) + 4.5;
    long support = shown.support(row);
    grid.add(
        Svg.text(
            Anchor.END,
            left - 10,
            baseline,
            Labels.shortened(shown.rows().get(row), LABEL_COLUMNS)),
        Svg.text(Anchor.START, right + 10, baseline, Numbers.whole(support)));
    for (int column = 0; column < shown.columns().size(); column++) {
      long count = shown.count(row, column);
      if (count > 0) {
        grid.add(cell(row, column, count, support));
      } else if (row == column) {
        grid.add(square("right", row, column).set("fill-opacity", 0.08));
      }
    }
  }

  private Element cell(int row, int column, long count, long support) {
    double shade = 0.1 + 0.9 * Math.sqrt((double) count / support);
    String digits = count < 100_000 ? Long.toString(count) : Math.round(count / 1000.0) + "k";
    double size = Math.min(LABEL_SIZE, (cell - 3) / (0.68 * digits.length()));
    String style = row == column ? "right" : "wrong";
    return new Element("g")
        .set("class", shade > 0.76 ? "strong" : "faint")
        .add(
            Svg.hover(
                "%s → %s: %s"
                    .formatted(
                        Labels.visible(shown.rows().get(row)),
                        Labels.visible(shown.columns().get(column)),
                        share(count, support))),
            square(style, row, column).set("fill-opacity", shade),
            Svg.text(Anchor.MIDDLE, center(left, column), center(top, row) + 0.35 * size, digits)
                .set("class", style)
                .set("style", "font-size:" + Numbers.coordinate(size) + "px"));
  }

  private Element square(String style, int row, int column) {
    return Svg.rectangle(
        style, left + column * cell + 0.5, top + row * cell + 0.5, cell - 1, cell - 1);
  }

  private double center(double start, int index) {
    return start + (index + 0.5) * cell;
  }

  private static double labelWidth(List<String> labels) {
    return CHARACTER
        * labels.stream()
            .mapToInt(label -> Labels.columns(Labels.shortened(label, LABEL_COLUMNS)))
            .max()
            .orElse(0);
  }

  private static String share(long count, long support) {
    return "%s of %s (%s)"
        .formatted(
            Numbers.whole(count),
            Numbers.whole(support),
            Numbers.percent((double) count / support, 1));
  }
}
