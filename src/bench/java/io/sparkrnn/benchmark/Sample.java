package io.sparkrnn.benchmark;

import java.util.ArrayList;
import java.util.List;

/** Repeated measurements of one thing. */
record Sample(List<Double> values) {

  Sample() {
    this(new ArrayList<>());
  }

  void add(double value) {
    values.add(value);
  }

  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double min() {
    return values.stream().mapToDouble(v -> v).min().orElse(Double.NaN);
  }

  double max() {
    return values.stream().mapToDouble(v -> v).max().orElse(Double.NaN);
  }

  /** Each measurement divided by the other's of the same turn. */
  Sample over(Sample other) {
    Sample ratios = new Sample();
    for (int i = 0; i < Math.min(values.size(), other.values.size()); i++) {
      ratios.add(values.get(i) / other.values.get(i));
    }
    return ratios;
  }

  /** {@code 1.23 (1.20–1.31)}: median, smallest and largest. */
  String spread(String format) {
    return (format + " (" + format + "–" + format + ")").formatted(median(), min(), max());
  }
}
