package io.sparkrnn.metric;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Scores of C classes, of whole sequences or of their steps, from one table of counts.
 *
 * <pre>
 * accuracy   = Σ_c n_cc / count
 * f1_c       = 2·n_cc / (actual_c + predicted_c)
 * macroF1    = mean of f1_c over the classes that occur among targets or predictions
 * weightedF1 = Σ_c actual_c·f1_c / count
 * loss       = Σ loss / Σ weight
 * </pre>
 *
 * with n_cd the targets of class c predicted as d. These are the definitions of scikit-learn with
 * {@code zero_division=0}. Targets whose label was not seen in training cannot be predicted: they
 * count as wrong everywhere, and together as one more class with f1 = 0, but have no loss.
 */
public final class ClassificationMetrics implements Metrics {
  private static final long serialVersionUID = 1L;
  private static final List<String> NAMES =
      List.of("accuracy", "macroF1", "weightedF1", "loss", "count");

  private final int classes;

  /** (C + 1) × C, row = actual, column = predicted; the last row are the unknown targets. */
  private final long[] confusion;

  private double lossSum;
  private double lossWeight;

  /**
   * An empty evaluation.
   *
   * @param classes C, at least 1
   */
  public ClassificationMetrics(int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("Expected at least 1 class, found " + classes);
    }
    this.classes = classes;
    this.confusion = new long[Math.multiplyExact(classes + 1, classes)];
  }

  /** Counts one target of class {@code actual} predicted as {@code predicted}, both in 0..C−1. */
  public void add(int actual, int predicted) {
    add(actual, predicted, 1);
  }

  /** Counts so many targets of class {@code actual} predicted as {@code predicted}. */
  public void add(int actual, int predicted, long times) {
    confusion[checked(actual) * classes + checked(predicted)] += times;
  }

  /** Counts one target whose label was not seen in training, predicted as {@code predicted}. */
  public void addUnknown(int predicted) {
    confusion[classes * classes + checked(predicted)]++;
  }

  /** Adds the losses of some targets, already weighted, and the weight they are divided by. */
  public void addLoss(double sum, double weight) {
    lossSum += sum;
    lossWeight += weight;
  }

  @Override
  public ClassificationMetrics plus(Metrics other) {
    if (!(other instanceof ClassificationMetrics that) || that.classes != classes) {
      throw new IllegalArgumentException(
          "Expected an evaluation of " + classes + " classes to merge with, found " + other);
    }
    ClassificationMetrics both = new ClassificationMetrics(classes);
    for (int i = 0; i < confusion.length; i++) {
      both.confusion[i] = confusion[i] + that.confusion[i];
    }
    both.lossSum = lossSum + that.lossSum;
    both.lossWeight = lossWeight + that.lossWeight;
    return both;
  }

  @Override
  public long count() {
    long count = 0;
    for (long cell : confusion) {
      count += cell;
    }
    return count;
  }

  /** Targets whose label was not seen in training. */
  public long unknown() {
    return support(classes);
  }

  /** Targets of class {@code actual} predicted as {@code predicted}. */
  public long confusion(int actual, int predicted) {
    return confusion[checked(actual) * classes + checked(predicted)];
  }

  /** Precision, recall, F1 and support of one class. */
  public ClassScore score(int label) {
    long predicted = 0;
    for (int actual = 0; actual <= classes; actual++) {
      predicted += confusion[actual * classes + checked(label)];
    }
    return ClassScore.of(confusion(label, label), support(label), predicted);
  }

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public boolean higherIsBetter(String name) {
    requireName(name);
    return !name.equals("loss");
  }

  @Override
  public Map<String, Double> values() {
    long count = count();
    if (count == 0) {
      throw new IllegalStateException(
          "Scores of an evaluation of no target at all were asked for; evaluate at least one row");
    }
    long right = 0;
    double f1 = 0;
    double weightedF1 = 0;
    int occurring = unknown() > 0 ? 1 : 0;
    for (int label = 0; label < classes; label++) {
      ClassScore score = score(label);
      right += confusion(label, label);
      f1 += score.f1();
      weightedF1 += score.f1() * score.support();
      occurring += score.occurs() ? 1 : 0;
    }
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("accuracy", (double) right / count);
    values.put("macroF1", f1 / occurring);
    values.put("weightedF1", weightedF1 / count);
    if (lossWeight != 0) {
      values.put("loss", lossSum / lossWeight);
    }
    values.put("count", (double) count);
    return Collections.unmodifiableMap(values);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Beside the scores: {@code unknown} (if there are any), {@code perClass} (label, precision,
   * recall, f1, support; in the order of the indices) and {@code confusion} (labels; counts, a row
   * an actual class; {@code unknown}, the row of the unseen labels, if there are any).
   */
  @Override
  public ObjectNode toJson(List<String> labels) {
    if (labels.size() != classes) {
      throw new IllegalArgumentException(
          "Expected %d labels, one a class, found %d".formatted(classes, labels.size()));
    }
    ObjectNode json = MetricsJson.scores(this);
    ArrayNode perClass = JsonNodeFactory.instance.arrayNode();
    ArrayNode counts = JsonNodeFactory.instance.arrayNode();
    for (int label = 0; label < classes; label++) {
      ClassScore score = score(label);
      perClass
          .addObject()
          .put("label", labels.get(label))
          .put("precision", score.precision())
          .put("recall", score.recall())
          .put("f1", score.f1())
          .put("support", score.support());
      counts.add(row(label));
    }
    ObjectNode table = JsonNodeFactory.instance.objectNode();
    labels.forEach(table.putArray("labels")::add);
    table.set("counts", counts);
    if (unknown() > 0) {
      json.put("unknown", unknown());
      table.set("unknown", row(classes));
    }
    json.set("perClass", perClass);
    json.set("confusion", table);
    return json;
  }

  @Override
  public String toString() {
    return "ClassificationMetrics(classes=" + classes + ", count=" + count() + ")";
  }

  private long support(int row) {
    return IntStream.range(0, classes).mapToLong(d -> confusion[row * classes + d]).sum();
  }

  private ArrayNode row(int actual) {
    ArrayNode row = JsonNodeFactory.instance.arrayNode();
    IntStream.range(0, classes).forEach(d -> row.add(confusion[actual * classes + d]));
    return row;
  }

  private int checked(int label) {
    if (label < 0 || label >= classes) {
      throw new IndexOutOfBoundsException(
          "Expected a class in 0.." + (classes - 1) + ", found " + label);
    }
    return label;
  }
}
