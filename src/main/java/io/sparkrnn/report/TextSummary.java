package io.sparkrnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.report.Confusions.Confusion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The scores of a run for a terminal: a line a split, a column a score, and the worst confusions.
 *
 * <pre>
 *             accuracy  macro F1    loss  targets
 * train         0.9959    0.9959  0.0576      243
 * test          0.9811    0.9784  0.0850      370
 * most often confused (test): 5 → 6 1 of 29; …
 * </pre>
 */
public final class TextSummary {
  private static final int CONFUSIONS = 5;
  private static final int LABEL_COLUMNS = 30;

  private TextSummary() {}

  /**
   * The summary; every line ends with a line feed.
   *
   * @param metrics the tree of {@code metrics.json}
   */
  public static String of(JsonNode metrics) {
    Scores scores = new Scores(metrics);
    if (scores.rows().isEmpty()) {
      return "nothing was evaluated\n";
    }
    StringBuilder text = new StringBuilder();
    table(scores).forEach(line -> text.append(line.stripTrailing()).append('\n'));
    Optional<JsonNode> confusion = scores.detail("confusion");
    confusion
        .map(tree -> Confusions.of(tree).worst(CONFUSIONS))
        .filter(worst -> !worst.isEmpty())
        .ifPresent(worst -> text.append(inWords(scores.splitWith("confusion"), worst)));
    return text.toString();
  }

  private static List<String> table(Scores scores) {
    List<List<String>> columns = new ArrayList<>();
    List<String> names = new ArrayList<>(List.of(""));
    scores.rows().keySet().forEach(name -> names.add(Labels.visible(name)));
    columns.add(names);
    for (String score : scores.columns()) {
      List<String> cells = new ArrayList<>(List.of(Scores.title(score)));
      scores
          .rows()
          .values()
          .forEach(row -> cells.add(Scores.show(score, row.getOrDefault(score, Double.NaN))));
      columns.add(cells);
    }
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < names.size(); row++) {
      StringBuilder line = new StringBuilder();
      for (List<String> cells : columns) {
        String gap = " ".repeat(width(cells) - Labels.columns(cells.get(row)));
        line.append(cells == names ? cells.get(row) + gap : "  " + gap + cells.get(row));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static int width(List<String> cells) {
    return cells.stream().mapToInt(Labels::columns).max().orElse(0);
  }

  private static String inWords(String split, List<Confusion> worst) {
    List<String> parts =
        worst.stream()
            .map(
                confusion ->
                    "%s → %s %s of %s"
                        .formatted(
                            Labels.shortened(confusion.actual(), LABEL_COLUMNS),
                            Labels.shortened(confusion.predicted(), LABEL_COLUMNS),
                            Numbers.whole(confusion.count()),
                            Numbers.whole(confusion.support())))
            .toList();
    return "most often confused (%s): %s\n".formatted(split, String.join("; ", parts));
  }
}
