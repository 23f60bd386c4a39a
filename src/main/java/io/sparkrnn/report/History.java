package io.sparkrnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The lines of {@code history.jsonl}, by column. */
record History(List<JsonNode> lines) {

  History {
    lines = List.copyOf(lines);
  }

  /** Epochs that were trained. */
  int epochs() {
    return lines.size();
  }

  /** Epochs that were asked for; those trained if the lines do not say. */
  int planned() {
    return lines.stream().mapToInt(line -> line.path("epochs").asInt(0)).max().orElse(0) > 0
        ? lines.get(lines.size() - 1).path("epochs").asInt(epochs())
        : epochs();
  }

  /** The numbers of the epochs; counted from 1 where a line does not say. */
  double[] numbers() {
    double[] numbers = new double[lines.size()];
    Arrays.setAll(numbers, i -> lines.get(i).path("epoch").asDouble(i + 1.0));
    return numbers;
  }

  /** A value an epoch, NaN where there is none; the names lead from the line to the value. */
  double[] column(String... path) {
    double[] column = new double[lines.size()];
    for (int i = 0; i < column.length; i++) {
      JsonNode node = lines.get(i);
      for (String name : path) {
        node = node.path(name);
      }
      column[i] = Trees.number(node);
    }
    return column;
  }

  /** Whether a column holds a number at all. */
  boolean has(String... path) {
    return Arrays.stream(column(path)).anyMatch(Double::isFinite);
  }

  /** The epoch whose parameters were kept: the last one marked as best. */
  OptionalInt best() {
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).path("best").asBoolean(false)) {
        return OptionalInt.of((int) numbers()[i]);
      }
    }
    return OptionalInt.empty();
  }

  /** Shards left out of averages because they were not finite, in all epochs together. */
  long dropped() {
    return lines.stream().mapToLong(line -> line.path("dropped").asLong(0)).sum();
  }

  /** How often an epoch began anew with smaller steps. */
  long rollbacks() {
    return lines.stream().mapToLong(line -> line.path("rollbacks").asLong(0)).sum();
  }

  /**
   * The validation score to picture beside the loss: the wanted one if it is there, else the first.
   */
  Optional<String> score(Optional<String> wanted) {
    Optional<String> present = wanted.filter(name -> isScore(name) && has("validation", name));
    return present.or(
        () ->
            lines.stream()
                .flatMap(line -> Trees.fields(line.path("validation")).keySet().stream())
                .filter(name -> isScore(name) && has("validation", name))
                .findFirst());
  }

  private static boolean isScore(String name) {
    return !name.equals("loss") && !name.equals("count") && !name.equals("unknown");
  }
}
