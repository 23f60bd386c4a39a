package io.sparkrnn.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.training.EpochRecord;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is known of how a model came about: its history epoch by epoch, and where it came from.
 *
 * @param history one JSON object an epoch, as in {@code history.jsonl}
 * @param provenance seed, partitions, versions, sizes, as JSON
 */
public record TrainingSummary(List<String> history, String provenance) implements Serializable {

  private static final int MOST_PARTITIONS = 1 << 16;
  private static final String INVALID_ROWS = "invalidRows";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copies the list. */
  public TrainingSummary {
    history = new ArrayList<>(history);
  }

  /** Training loss of every epoch. */
  public double[] objectiveHistory() {
    return history.stream()
        .mapToDouble(line -> parse(line).path("loss").asDouble(Double.NaN))
        .toArray();
  }

  /** The epoch whose parameters the model has, from 1; 0 if no epoch ran. */
  public int bestEpoch() {
    return parse(provenance).path("bestEpoch").asInt();
  }

  /** P, as a number of partitions that Spark can make: a folder may say anything. */
  int partitions() {
    return Math.max(1, Math.min(MOST_PARTITIONS, parse(provenance).path("partitions").asInt(1)));
  }

  /** Rows (of a forecaster: series) that could not be used and were left out. */
  public long invalidRows() {
    return parse(provenance).path(INVALID_ROWS).asLong();
  }

  /** The same with the count of rows that were left out; none need no word. */
  TrainingSummary withInvalidRows(long count) {
    return count == 0
        ? this
        : new TrainingSummary(history, provenanceTree().put(INVALID_ROWS, count).toString());
  }

  /** The history as trees. */
  public List<JsonNode> historyTrees() {
    return history.stream().map(TrainingSummary::parse).toList();
  }

  /** The provenance as a tree. */
  public ObjectNode provenanceTree() {
    return (ObjectNode) parse(provenance);
  }

  /** One epoch as a line of {@code history.jsonl}. */
  static String line(EpochRecord record) {
    ObjectNode line = JSON.createObjectNode();
    line.put("epoch", record.epoch());
    line.put("epochs", record.epochs());
    line.put("rounds", record.rounds());
    line.put("loss", record.loss());
    line.put("learningRate", record.learningRate());
    record.validation().ifPresent(scores -> scores.forEach(line.putObject("validation")::put));
    line.put("steps", record.steps());
    line.put("seconds", rounded(record.seconds()));
    line.put("trainingSeconds", rounded(record.trainingSeconds()));
    line.put("stepsPerSecond", Math.rint(record.steps() / record.trainingSeconds()));
    line.put("best", record.best());
    if (record.dropped() > 0) {
      line.put("dropped", record.dropped());
    }
    if (record.rollbacks() > 0) {
      line.put("rollbacks", record.rollbacks());
    }
    if (!record.gradientNorms().isEmpty()) {
      ObjectNode norms = line.putObject("gradientNorms");
      record.gradientNorms().forEach((layer, norm) -> norms.put(layer, significant(norm)));
    }
    return line.toString();
  }

  private static double significant(double norm) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.4g", norm));
  }

  private static double rounded(double seconds) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.3f", seconds));
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a training summary holds JSON, found " + text, e);
    }
  }
}
