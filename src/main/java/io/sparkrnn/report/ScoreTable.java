package io.sparkrnn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scores: the one that counts in big figures, then all of them in a table. */
final class ScoreTable {
  private final Scores scores;
  private final Optional<String> wanted;

  ScoreTable(Scores scores, Optional<String> wantedScore) {
    this.scores = scores;
    this.wanted = wantedScore;
  }

  /** The big figures of the most telling split; empty if nothing was evaluated. */
  Optional<Element> headline() {
    return scores
        .headline()
        .flatMap(split -> scores.first(split, wanted).map(s -> tiles(split, s)));
  }

  /** All scores of all splits. */
  Element section() {
    Map<String, Map<String, Double>> rows = scores.rows();
    if (rows.isEmpty()) {
      return Html.section("Scores", Html.note("hint", "Nothing was evaluated."));
    }
    List<String> columns = scores.columns();
    List<String> head = new ArrayList<>(List.of(""));
    columns.stream().map(Scores::title).forEach(head::add);
    List<List<Element>> cells = new ArrayList<>();
    rows.forEach(
        (name, values) -> {
          List<Element> row = new ArrayList<>(List.of(Html.rowName(name)));
          for (String column : columns) {
            row.add(Html.cell(Scores.show(column, values.getOrDefault(column, Double.NaN))));
          }
          cells.add(row);
        });
    return Html.section("Scores", Html.table("numbers", head, cells));
  }

  private Element tiles(String split, String first) {
    Map<String, Double> values = scores.rows().getOrDefault(split, Map.of());
    Element tiles = new Element("div").set("class", "tiles");
    tiles.add(
        Html.block(
            "tile main",
            Html.note("figure", big(first, values.getOrDefault(first, Double.NaN))),
            Html.note(
                "name", "%s %s%s".formatted(split, Scores.title(first), rightOf(first, values)))));
    values.forEach(
        (name, value) -> {
          if (!name.equals(first)) {
            tiles.add(
                Html.block(
                    "tile",
                    Html.note("figure", Scores.show(name, value)),
                    Html.note("name", Scores.title(name))));
          }
        });
    return tiles;
  }

  private static String big(String name, double value) {
    return name.equals("accuracy") ? Numbers.percent(value, 2) : Numbers.figure(value);
  }

  private static String rightOf(String name, Map<String, Double> values) {
    double count = values.getOrDefault("count", Double.NaN);
    double right = values.getOrDefault("accuracy", Double.NaN) * count;
    return name.equals("accuracy") && Double.isFinite(right)
        ? ": %s of %s right".formatted(Numbers.whole(right), Numbers.whole(count))
        : "";
  }
}
