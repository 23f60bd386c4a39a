package io.sparkrnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.error.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which classes were taken for which: a row an actual class, a column a predicted one. */
final class Confusions {
  /** The name of the row of targets whose labels training never saw. */
  static final String UNSEEN = "(unseen in training)";

  private final List<String> rows;
  private final List<String> columns;
  private final long[][] counts;

  /** Targets of every actual class, also those predicted as a class left out of the columns. */
  private final long[] support;

  private Confusions(List<String> rows, List<String> columns, long[][] counts, long[] support) {
    this.rows = List.copyOf(rows);
    this.columns = List.copyOf(columns);
    this.counts = counts;
    this.support = support;
  }

  /** One class taken for another: {@code count} of its {@code support} targets. */
  record Confusion(String actual, String predicted, long count, long support) {}

  /**
   * From {@code confusion} of {@code metrics.json}.
   *
   * @throws DataException if there are not as many rows and columns of counts as labels
   */
  static Confusions of(JsonNode confusion) {
    List<String> columns =
        Trees.elements(confusion.path("labels")).stream().map(JsonNode::asText).toList();
    List<String> rows = new ArrayList<>(columns);
    List<JsonNode> counts = new ArrayList<>(Trees.elements(confusion.path("counts")));
    if (!confusion.path("unknown").isEmpty()) {
      rows.add(UNSEEN);
      counts.add(confusion.path("unknown"));
    }
    if (counts.size() != rows.size()
        || counts.stream().anyMatch(row -> row.size() != columns.size())) {
      throw new DataException(
          "metrics.json, confusion: expected %s rows of %s counts, one a label, found %s rows of %s"
              .formatted(
                  rows.size(),
                  columns.size(),
                  counts.size(),
                  counts.stream().map(JsonNode::size).distinct().toList()));
    }
    long[][] cells =
        counts.stream()
            .map(row -> Trees.elements(row).stream().mapToLong(JsonNode::asLong).toArray())
            .toArray(long[][]::new);
    long[] support = Arrays.stream(cells).mapToLong(row -> Arrays.stream(row).sum()).toArray();
    return new Confusions(rows, columns, cells, support);
  }

  /** Names of the actual classes; one more than columns if labels were unseen in training. */
  List<String> rows() {
    return rows;
  }

  /** Names of the predicted classes. */
  List<String> columns() {
    return columns;
  }

  /** Targets of an actual class that were taken for a class. */
  long count(int row, int column) {
    return counts[row][column];
  }

  /** Targets of an actual class. */
  long support(int row) {
    return support[row];
  }

  /** The most frequent mistakes, the largest first; of equal ones that of the smaller class. */
  List<Confusion> worst(int most) {
    List<Confusion> wrong = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < columns.size(); column++) {
        if (row != column && counts[row][column] > 0) {
          wrong.add(
              new Confusion(rows.get(row), columns.get(column), counts[row][column], support[row]));
        }
      }
    }
    wrong.sort(
        Comparator.comparingLong(Confusion::count)
            .reversed()
            .thenComparingLong(Confusion::support));
    return wrong.subList(0, Math.min(most, wrong.size()));
  }

  /** Only the most frequent classes, in their old order; this itself if there are no more. */
  Confusions mostFrequent(int most) {
    if (columns.size() <= most) {
      return this;
    }
    int[] kept =
        IntStream.range(0, columns.size())
            .boxed()
            .sorted(Comparator.comparingLong((Integer row) -> support[row]).reversed())
            .limit(most)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    List<String> names = Arrays.stream(kept).mapToObj(columns::get).toList();
    long[][] cells =
        Arrays.stream(kept)
            .mapToObj(row -> Arrays.stream(kept).mapToLong(column -> counts[row][column]).toArray())
            .toArray(long[][]::new);
    return new Confusions(
        names, names, cells, Arrays.stream(kept).mapToLong(row -> support[row]).toArray());
  }
}
