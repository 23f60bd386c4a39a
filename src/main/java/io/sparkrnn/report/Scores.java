package io.sparkrnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The scores in {@code metrics.json}, by split.
 *
 * @param metrics the whole tree
 */
record Scores(JsonNode metrics) {
  private static final List<String> BY_WEIGHT = List.of("test", "validation", "train");
  private static final List<String> COUNTS = List.of("count", "unknown");
  private static final List<String> SHARES = List.of("accuracy", "macroF1", "weightedF1");
  private static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("macroF1", "macro F1"),
          Map.entry("weightedF1", "weighted F1"),
          Map.entry("rmse", "RMSE"),
          Map.entry("mae", "MAE"),
          Map.entry("mse", "MSE"),
          Map.entry("r2", "R²"),
          Map.entry("smape", "sMAPE %"),
          Map.entry("mase", "MASE"),
          Map.entry("coverage90", "coverage"),
          Map.entry("pinball", "pinball loss"),
          Map.entry("width", "interval width"),
          Map.entry("bitsPerCharacter", "bits a character"),
          Map.entry("count", "targets"),
          Map.entry("unknown", "unseen labels"));

  /** The name of a score as a heading. */
  static String title(String name) {
    return TITLES.getOrDefault(name, name);
  }

  /** A score or count as text. */
  static String show(String name, double value) {
    return COUNTS.contains(name) ? Numbers.whole(value) : Numbers.score(value);
  }

  /** Whether a score is a share of one by its name. */
  static boolean isShare(String name) {
    return SHARES.contains(name);
  }

  /** The split that says most about unseen data: test, else validation, else training. */
  Optional<String> headline() {
    return BY_WEIGHT.stream().filter(split -> metrics.path(split).isObject()).findFirst();
  }

  /** The most telling split that holds a field. */
  Optional<JsonNode> detail(String field) {
    return BY_WEIGHT.stream()
        .map(split -> metrics.path(split).path(field))
        .filter(node -> !node.isMissingNode() && !node.isEmpty())
        .findFirst();
  }

  /** The name of the most telling split that holds a field. */
  String splitWith(String field) {
    return BY_WEIGHT.stream()
        .filter(split -> !metrics.path(split).path(field).isEmpty())
        .findFirst()
        .orElse("");
  }

  /** A number of a split, NaN if there is none. */
  double value(String split, String name) {
    return Trees.number(metrics.path(split).path(name));
  }

  /**
   * The score to print largest: the wanted one unless it is a loss, else the first of the split.
   */
  Optional<String> first(String split, Optional<String> wanted) {
    Set<String> names = rows().getOrDefault(split, Map.of()).keySet();
    return wanted
        .filter(name -> names.contains(name) && !name.equals("loss"))
        .or(() -> names.stream().filter(name -> !COUNTS.contains(name)).findFirst());
  }

  /** Splits in the order of work (training, validation, test), then baselines; their scores. */
  Map<String, Map<String, Double>> rows() {
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    Stream.of("train", "validation", "test")
        .filter(split -> metrics.path(split).isObject())
        .forEach(split -> rows.put(split, numbers(metrics.path(split))));
    Trees.fields(metrics.path("baselines"))
        .forEach((name, scores) -> rows.put("baseline: " + name, numbers(scores)));
    return rows;
  }

  /** Every score of every row: those of the first row first, counts last. */
  List<String> columns() {
    Set<String> names = new LinkedHashSet<>();
    rows().values().forEach(row -> names.addAll(row.keySet()));
    List<String> columns = new ArrayList<>(names);
    columns.removeAll(COUNTS);
    COUNTS.stream().filter(names::contains).forEach(columns::add);
    return columns;
  }

  /** Numbers, and nulls as NaN: a score that was taken and was not finite. */
  private static Map<String, Double> numbers(JsonNode scores) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    Trees.fields(scores)
        .forEach(
            (name, node) -> {
              if (node.isNumber() || node.isNull()) {
                numbers.put(name, Trees.number(node));
              }
            });
    return numbers;
  }
}
