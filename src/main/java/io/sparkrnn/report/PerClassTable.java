package io.sparkrnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Precision, recall and F1 of every class, the most frequent first, each with a bar. */
final class PerClassTable {
  private static final List<String> SHARES = List.of("f1", "precision", "recall");

  private final List<JsonNode> classes;

  /** Takes {@code perClass} of {@code metrics.json}. */
  PerClassTable(JsonNode perClass) {
    List<JsonNode> sorted = new ArrayList<>(Trees.elements(perClass));
    sorted.sort(
        Comparator.comparingLong((JsonNode row) -> row.path("support").asLong()).reversed());
    this.classes = List.copyOf(sorted);
  }

  /** The table under its heading. */
  Element section(String split) {
    List<List<Element>> rows = new ArrayList<>();
    for (JsonNode row : classes) {
      List<Element> cells = new ArrayList<>();
      cells.add(Html.rowName(Labels.visible(row.path("label").asText())));
      cells.add(Html.cell(Numbers.whole(Trees.number(row.path("support")))));
      SHARES.forEach(name -> cells.add(share(Trees.number(row.path(name)))));
      rows.add(cells);
    }
    return Html.section(
        "Classes",
        Html.note("hint", "On the %s set, the most frequent class first.".formatted(split)),
        Html.table("numbers bars", List.of("class", "targets", "F1", "precision", "recall"), rows));
  }

  private static Element share(double value) {
    double width = Double.isFinite(value) ? 100 * Math.min(1, Math.max(0, value)) : 0;
    Element filled = new Element("span").set("style", "width:" + Numbers.coordinate(width) + "%");
    return Html.cell(Numbers.fixed(value, 3))
        .add(new Element("span").set("class", "meter").add(filled));
  }
}
