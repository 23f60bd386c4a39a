package io.sparkrnn.ml;

import io.sparkrnn.metric.Metrics;
import io.sparkrnn.metric.RegressionMetrics;
import io.sparkrnn.sequence.Normalizer;
import java.io.Serializable;
import java.util.function.IntToDoubleFunction;
import org.apache.spark.api.java.JavaRDD;

/** Predicts the mean of the training targets at every step. */
final class MeanBaseline implements Baseline, Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public Metrics score(JavaRDD<Example> known, JavaRDD<Example> test) {
    Normalizer training =
        known
            .filter(example -> !example.validation())
            .aggregate(
                new ExactSums(),
                (sums, example) -> {
                  sums.add(example.values());
                  return sums;
                },
                (a, b) -> {
                  a.merge(b);
                  return a;
                })
            .normalizer();
    int outputs = training.width();
    return Baseline.sum(
        test,
        new RegressionMetrics(outputs),
        (metrics, example) -> {
          add(metrics, example.values(), i -> training.mean(i % outputs));
          return metrics;
        });
  }

  /** Adds every target that is there (NaN is not) with what is predicted at its place. */
  static void add(
      RegressionMetrics metrics, Features.Numbers targets, IntToDoubleFunction predicted) {
    for (int i = 0; i < targets.values().length; i++) {
      if (!Double.isNaN(targets.values()[i])) {
        metrics.add(i % targets.width(), targets.values()[i], predicted.applyAsDouble(i));
      }
    }
  }
}
