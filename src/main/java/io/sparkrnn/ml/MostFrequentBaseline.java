package io.sparkrnn.ml;

import io.sparkrnn.metric.ClassificationMetrics;
import io.sparkrnn.metric.Metrics;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;

/**
 * The most frequent class; or, for labels of steps, the most frequent label of each token, and the
 * most frequent label of all for a token that training never saw. Of labels equally frequent, the
 * one first in alphabetical order. Where the steps hold numbers there is only the label of all.
 */
final class MostFrequentBaseline implements Baseline, Serializable {
  private static final long serialVersionUID = 1L;

  /** Stands for a label that training never saw. */
  private static final int UNKNOWN = -1;

  private final boolean ofSteps;

  /** A baseline for classes, or for labels of steps. */
  MostFrequentBaseline(TargetKind kind) {
    this.ofSteps = kind == TargetKind.STEP_LABELS;
  }

  /** A label with what it may be told from; the token is empty where it is told from nothing. */
  private record Labelled(String token, String label) implements Serializable {}

  /** What was fitted: labels in their order, the best of each token, the best of all. */
  private record Fitted(List<String> labels, Map<String, Integer> ofToken, int ofAll)
      implements Serializable {
    int predict(String token) {
      return ofToken.getOrDefault(token, ofAll);
    }
  }

  @Override
  public Metrics score(JavaRDD<Example> known, JavaRDD<Example> test) {
    Fitted fitted =
        fit(
            known
                .filter(example -> !example.validation())
                .flatMap(example -> labelled(example).iterator())
                .countByValue());
    return Baseline.sum(
        test,
        new ClassificationMetrics(fitted.labels().size()),
        (metrics, example) -> {
          labelled(example).forEach(step -> add(metrics, fitted, step));
          return metrics;
        });
  }

  private static void add(ClassificationMetrics metrics, Fitted fitted, Labelled step) {
    int predicted = fitted.predict(step.token());
    int actual = fitted.labels().indexOf(step.label());
    if (actual == UNKNOWN) {
      metrics.addUnknown(predicted);
    } else {
      metrics.add(actual, predicted);
    }
  }

  private static Fitted fit(Map<Labelled, Long> counts) {
    Map<String, TreeMap<String, Long>> ofToken = new HashMap<>();
    TreeMap<String, Long> ofAll = new TreeMap<>();
    counts.forEach(
        (step, count) -> {
          ofAll.merge(step.label(), count, Long::sum);
          ofToken
              .computeIfAbsent(step.token(), token -> new TreeMap<>())
              .merge(step.label(), count, Long::sum);
        });
    List<String> labels = List.copyOf(ofAll.keySet());
    Map<String, Integer> best = new HashMap<>();
    ofToken.forEach((token, found) -> best.put(token, labels.indexOf(first(found))));
    return new Fitted(labels, best, labels.indexOf(first(ofAll)));
  }

  /** The most frequent label, in alphabetical order the first of several. */
  private static String first(TreeMap<String, Long> counts) {
    return counts.entrySet().stream()
        .reduce((a, b) -> b.getValue() > a.getValue() ? b : a)
        .orElseThrow()
        .getKey();
  }

  private Stream<Labelled> labelled(Example example) {
    List<String> labels = example.labels();
    return IntStream.range(0, labels.size())
        .filter(t -> !labels.get(t).equals(Example.NOT_COUNTED))
        .mapToObj(t -> new Labelled(ofSteps ? token(example, t) : "", labels.get(t)));
  }

  private static String token(Example example, int t) {
    return example.features() instanceof Features.Tokens tokens ? tokens.tokens().get(t) : "";
  }
}
