package io.sparkrnn.training;

import io.sparkrnn.metric.Metrics;
import java.util.Optional;

/**
 * The best epoch so far; without validation the last. Of epochs with equal scores the one of lower
 * loss is better: all answers right is not the end of learning. Nobody writes into its array.
 *
 * @param epoch from 1; 0 before the first
 * @param score the larger the better; negative infinity if the network's outputs were not finite
 * @param loss on the validation data; 0 where there is none
 * @param parameters N values
 */
@SuppressWarnings("ArrayRecordComponent") // parameters are one array throughout
public record Best(int epoch, double score, double loss, float[] parameters) {

  /** The better of this one and an epoch that ended. */
  Best or(TrainingState state, Optional<Metrics> scores, String metric) {
    if (scores.isEmpty()) {
      return new Best(state.epoch(), 0, 0, state.parameters());
    }
    double loss = scores.get().values().getOrDefault("loss", 0.0);
    double score = comparable(scores.get(), metric, loss);
    Best ended = new Best(state.epoch(), score, loss, state.parameters());
    return epoch == 0 || ended.isBetterThan(this) ? ended : this;
  }

  private boolean isBetterThan(Best other) {
    return score > other.score || (score == other.score && loss < other.loss);
  }

  /** Whether some epoch may be kept: none may whose outputs were not finite. */
  boolean finite() {
    return score != Double.NEGATIVE_INFINITY;
  }

  private static double comparable(Metrics scores, String metric, double loss) {
    double value = scores.value(metric);
    double oriented = scores.higherIsBetter(metric) ? value : -value;
    return Double.isFinite(oriented) && Double.isFinite(loss) ? oriented : Double.NEGATIVE_INFINITY;
  }
}
