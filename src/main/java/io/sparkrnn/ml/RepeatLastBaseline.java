package io.sparkrnn.ml;

import io.sparkrnn.metric.Metrics;
import io.sparkrnn.metric.RegressionMetrics;
import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;

/**
 * Predicts what is there now: ŷ_t = x_t. Where the target is the next value of the features this is
 * the forecast "tomorrow will be as today". Features and targets have the same width.
 */
final class RepeatLastBaseline implements Baseline, Serializable {
  private static final long serialVersionUID = 1L;

  /** Whether an example has as many features as targets. */
  static boolean fits(Example example) {
    return example.features() instanceof Features.Numbers now
        && now.width() == example.values().width();
  }

  @Override
  public Metrics score(JavaRDD<Example> known, JavaRDD<Example> test) {
    return Baseline.sum(
        test, new RegressionMetrics(test.first().values().width()), RepeatLastBaseline::add);
  }

  private static RegressionMetrics add(RegressionMetrics metrics, Example example) {
    Features.Numbers now = (Features.Numbers) example.features();
    MeanBaseline.add(metrics, example.values(), i -> now.values()[i]);
    return metrics;
  }
}
