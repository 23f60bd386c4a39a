package io.sparkrnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.metric.ClassificationMetrics;
import io.sparkrnn.metric.RegressionMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Made-up runs of the kinds the report is read for; figures are seeded, not measured. */
final class Runs {
  /** Languages of surnames, very unevenly many. */
  static final List<String> LANGUAGES =
      List.of(
          "Arabic",
          "Chinese",
          "Czech",
          "Dutch",
          "English",
          "French",
          "German",
          "Greek",
          "Irish",
          "Italian",
          "Japanese",
          "Korean",
          "Polish",
          "Portuguese",
          "Russian",
          "Scottish",
          "Spanish",
          "Vietnamese");

  private static final int[] LANGUAGE_COUNTS = {
    11, 24, 46, 24, 364, 27, 69, 19, 22, 68, 99, 9, 13, 7, 937, 10, 29, 7
  };

  /** Universal part-of-speech tags. */
  static final List<String> TAGS =
      List.of(
          "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON",
          "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X");

  private static final int[] TAG_COUNTS = {
    1788, 2034, 1228, 1543, 738, 1898, 121, 4137, 542, 649, 2162, 2076, 3098, 386, 113, 2606, 42
  };

  private Runs() {}

  /** A split of a classification in which a share of the targets is right. */
  static ObjectNode classification(List<String> labels, int[] counts, double right, long seed) {
    Random random = new Random(seed);
    int classes = labels.size();
    ClassificationMetrics metrics = new ClassificationMetrics(classes);
    for (int actual = 0; actual < classes; actual++) {
      double skill = right + (1 - right) * (0.5 - 1.2 * random.nextDouble());
      int rival = random.nextInt(classes);
      for (int i = 0; i < counts[actual]; i++) {
        boolean found = random.nextDouble() < skill;
        int mistaken = random.nextDouble() < 0.6 ? rival : random.nextInt(classes);
        metrics.add(actual, found ? actual : mistaken);
        metrics.addLoss(found ? 0.05 : 1.9, 1);
      }
    }
    return metrics.toJson(labels);
  }

  /** A split of a classification into so many classes, all alike. */
  static ObjectNode evenly(int classes, int each, double right) {
    List<String> labels =
        IntStream.range(0, classes).mapToObj(k -> "class number " + (k + 1)).toList();
    int[] counts = IntStream.range(0, classes).map(k -> each + k).toArray();
    return classification(labels, counts, right, classes);
  }

  /** Nine speakers, about forty utterances each. */
  static ObjectNode speakers() {
    List<String> labels = IntStream.rangeClosed(1, 9).mapToObj(Integer::toString).toList();
    ObjectNode metrics = JsonNodeFactory.instance.objectNode();
    int[] train = {27, 27, 27, 27, 27, 27, 27, 27, 27};
    int[] test = {31, 35, 88, 44, 29, 24, 40, 50, 29};
    metrics.set("train", classification(labels, train, 0.999, 1));
    metrics.set(
        "validation", classification(labels, new int[] {3, 3, 3, 3, 3, 3, 3, 3, 3}, 0.97, 2));
    metrics.set("test", classification(labels, test, 0.978, 3));
    return metrics;
  }

  /** Eighteen languages, with a baseline and labels that training never saw. */
  static ObjectNode languages() {
    ObjectNode metrics = JsonNodeFactory.instance.objectNode();
    metrics.set("train", classification(LANGUAGES, LANGUAGE_COUNTS, 0.97, 4));
    metrics.set("validation", classification(LANGUAGES, LANGUAGE_COUNTS, 0.85, 5));
    metrics.set("test", classification(LANGUAGES, LANGUAGE_COUNTS, 0.84, 5));
    metrics
        .putObject("baselines")
        .putObject("character 4-gram naive Bayes")
        .put("accuracy", 0.8201)
        .put("macroF1", 0.5402);
    return metrics;
  }

  /** Seventeen tags of twenty-five thousand words, some of a kind that training never saw. */
  static ObjectNode tags() {
    ObjectNode metrics = JsonNodeFactory.instance.objectNode();
    metrics.set("train", classification(TAGS, TAG_COUNTS, 0.99, 7));
    metrics.set("validation", classification(TAGS, TAG_COUNTS, 0.94, 8));
    metrics.set("test", classification(TAGS, TAG_COUNTS, 0.935, 9));
    return metrics;
  }

  /** A cycle of eleven years, predicted one month ahead. */
  static ObjectNode sunspots() {
    Random random = new Random(10);
    ObjectNode metrics = JsonNodeFactory.instance.objectNode();
    for (String split : List.of("train", "validation", "test")) {
      RegressionMetrics errors = new RegressionMetrics(1);
      ArrayNode actual = JsonNodeFactory.instance.arrayNode();
      ArrayNode predicted = JsonNodeFactory.instance.arrayNode();
      double error = split.equals("train") ? 12 : 15;
      for (int month = 0; month < 420; month++) {
        double cycle = Math.pow(Math.sin(month * Math.PI / 132), 2);
        double value = Math.max(0, 150 * cycle + 20 * cycle * random.nextGaussian());
        double guess = value + (1 + cycle) * error / 2 * random.nextGaussian();
        errors.add(0, value, guess);
        errors.addLoss(Math.pow((value - guess) / 60, 2), 1);
        actual.add(Math.round(10 * value) / 10.0);
        predicted.add(Math.round(100 * guess) / 100.0);
      }
      ObjectNode json = errors.toJson(List.of("sunspots"));
      if (split.equals("test")) {
        json.putArray("sample")
            .addObject()
            .put("id", "1950-01 to 1984-12")
            .<ObjectNode>set("actual", actual)
            .set("predicted", predicted);
      }
      metrics.set(split, json);
    }
    return metrics;
  }

  /** Epochs of falling loss and a score that rises, then stays. */
  static List<JsonNode> history(int trained, int planned, String score, double start, double end) {
    Random random = new Random(trained);
    List<JsonNode> lines = new ArrayList<>();
    double bestLoss = Double.POSITIVE_INFINITY;
    for (int epoch = 1; epoch <= trained; epoch++) {
      double progress = Math.exp(-6.0 * epoch / trained);
      double validationLoss =
          0.15 + 1.9 * progress + 0.1 * epoch / trained + 0.02 * random.nextGaussian();
      boolean best = validationLoss < bestLoss;
      bestLoss = Math.min(bestLoss, validationLoss);
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      line.put("epoch", epoch).put("epochs", planned).put("rounds", 4);
      line.put("loss", 0.02 + 2.1 * progress + 0.01 * random.nextDouble());
      line.put("learningRate", 0.001);
      line.putObject("validation")
          .put("loss", validationLoss)
          .put(score, end + (start - end) * progress + 0.002 * random.nextGaussian());
      line.put("steps", 4274).put("seconds", 0.4).put("stepsPerSecond", 10685.0);
      lines.add(line.put("best", best));
    }
    return lines;
  }

  /** What is known about a run. */
  static ObjectNode provenance(String title, String task, String network, String metric) {
    ObjectNode provenance = JsonNodeFactory.instance.objectNode();
    provenance.put("title", title).put("task", task).put("network", network);
    provenance.put("parameters", 61_409).put("metric", metric);
    provenance.put("data", "uea JapaneseVowels, 270 train and 370 test sequences");
    provenance.put("seed", 1).put("partitions", 2);
    provenance
        .put("started", "2026-01-05T09:00:00Z")
        .put("finished", "2026-01-05T09:01:32.250Z")
        .putObject("versions")
        .put("spark-rnn", "0.1.0")
        .put("spark", "4.1.0")
        .put("java", "17.0.15")
        .put("scala", "2.13.17")
        .put("backend", "openblas");
    return provenance.put(
        "job",
        """
        data {
          format = "uea"
          path = ${SPARK_RNN_DATA}"/uea"
        }
        network {
          layers = [ { type = "lstm", size = 100, bidirectional = true } ]
        }
        training { epochs = 50, seed = 1, partitions = 2 }
        """);
  }
}
