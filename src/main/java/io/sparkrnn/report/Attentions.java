package io.sparkrnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.report.Svg.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a decoder looked at its sources: for each example a shaded grid, a row a token said, a column
 * a token of the source. The shade is the weight of the attention; weights of a row add up to one.
 */
final class Attentions {
  private static final int MOST_EXAMPLES = 8;
  private static final int MOST_TOKENS = 60;
  private static final int LABEL_COLUMNS = 14;
  private static final double CELL = 26;
  private static final double CHARACTER = 7.2;
  private static final String END = "∎";

  private Attentions() {}

  /** A section of the examples in {@code examples} of a split of {@code metrics.json}. */
  static Element section(String split, JsonNode examples) {
    Element section =
        Html.section(
            "Examples",
            Html.note(
                "hint",
                "Of the %s set. A row is a token said, from top to bottom, and the end (%s); a column a token of the source; the stronger, the more the decoder looked at it."
                    .formatted(split, END)));
    for (JsonNode example : Trees.elements(examples).stream().limit(MOST_EXAMPLES).toList()) {
      section.add(example(example));
    }
    return section;
  }

  private static Element example(JsonNode example) {
    List<String> source = texts(example.path("source"));
    List<String> said = texts(example.path("output"));
    List<JsonNode> references = Trees.elements(example.path("references"));
    boolean right = references.stream().anyMatch(reference -> texts(reference).equals(said));
    String caption =
        "%s → %s%s"
            .formatted(
                joined(source),
                joined(said),
                right
                    ? ""
                    : "; expected "
                        + references.stream()
                            .map(reference -> joined(texts(reference)))
                            .collect(Collectors.joining(", or ")));
    JsonNode attention = example.path("attention");
    return attention.isEmpty() || source.size() > MOST_TOKENS || said.size() > MOST_TOKENS
        ? Html.note("lead", caption)
        : Html.figure(caption, grid(source, said, attention));
  }

  private static Element grid(List<String> source, List<String> said, JsonNode attention) {
    List<String> rows = new ArrayList<>(said);
    rows.add(END);
    double left = Math.max(labelWidth(rows), 20) + 12;
    boolean upright = labelWidth(source) < CELL;
    double top = upright ? 26 : labelWidth(source) + 16;
    double right = left + source.size() * CELL;
    double bottom = top + rows.size() * CELL;
    String description =
        "Attention of %s tokens said over %s of the source".formatted(said.size(), source.size());
    Element grid =
        Svg.picture(right + 8, bottom + 8, description)
            .set("class", "matrix")
            .set("width", right + 8);
    grid.add(Svg.rectangle("ground", left, top, right - left, bottom - top));
    for (int column = 0; column < source.size(); column++) {
      double x = left + (column + 0.5) * CELL;
      String label = Labels.shortened(source.get(column), LABEL_COLUMNS);
      grid.add(
          upright
              ? Svg.text(Anchor.MIDDLE, x, top - 8, label)
              : Svg.turned(Anchor.START, 90, x + 4, top - 8, label));
    }
    for (int row = 0; row < rows.size(); row++) {
      double y = top + row * CELL;
      String label = Labels.shortened(rows.get(row), LABEL_COLUMNS);
      grid.add(Svg.text(Anchor.END, left - 8, y + CELL / 2 + 4.5, label));
      for (int column = 0; column < source.size(); column++) {
        double weight = Trees.number(attention.path(row).path(column));
        if (weight > 0.005) {
          grid.add(cell(left + column * CELL, y, weight, rows.get(row), source.get(column)));
        }
      }
    }
    return grid;
  }

  private static Element cell(double x, double y, double weight, String said, String source) {
    String text =
        "%s looks at %s: %s"
            .formatted(Labels.visible(said), Labels.visible(source), Numbers.percent(weight, 1));
    return new Element("g")
        .add(
            Svg.hover(text),
            Svg.rectangle("right", x + 0.5, y + 0.5, CELL - 1, CELL - 1)
                .set("fill-opacity", Math.min(1, weight)));
  }

  private static double labelWidth(List<String> labels) {
    return CHARACTER
        * labels.stream()
            .mapToInt(label -> Labels.columns(Labels.shortened(label, LABEL_COLUMNS)))
            .max()
            .orElse(0);
  }

  /** Single characters are read as a word, longer tokens apart. */
  private static String joined(List<String> tokens) {
    boolean characters = tokens.stream().allMatch(token -> token.length() == 1);
    return tokens.stream().map(Labels::visible).collect(Collectors.joining(characters ? "" : " "));
  }

  private static List<String> texts(JsonNode array) {
    return Trees.elements(array).stream().map(JsonNode::asText).toList();
  }
}
