package io.sparkrnn.training;

import io.sparkrnn.metric.Metrics;
import java.util.Optional;

/**
 * The best epoch so far; without validation the last. Nobody writes into its array.
 *
 * @param epoch from 1; 0 before the first
 * @param score the larger the better; negative infinity if the network's outputs were not finite
 * @param parameters N values
 */
@SuppressWarnings("ArrayRecordComponent") // parameters are one array throughout
public record Best(int epoch, double score, float[] parameters) {

  /** The better of this one and an epoch that ended. */
  Best or(TrainingState state, Optional<Metrics> scores, String metric) {
    if (scores.isEmpty()) {
      return new Best(state.epoch(), 0, state.parameters());
    }
    double value = comparable(scores.get(), metric);
    return epoch == 0 || value > score ? new Best(state.epoch(), value, state.parameters()) : this;
  }

  /** Whether some epoch may be kept: none may whose outputs were not finite. */
  boolean finite() {
    return score != Double.NEGATIVE_INFINITY;
  }

  private static double comparable(Metrics scores, String metric) {
    double value = scores.value(metric);
    double loss = scores.values().getOrDefault("loss", 0.0);
    double oriented = scores.higherIsBetter(metric) ? value : -value;
    return Double.isFinite(oriented) && Double.isFinite(loss) ? oriented : Double.NEGATIVE_INFINITY;
  }
}
