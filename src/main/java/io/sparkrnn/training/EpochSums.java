package io.sparkrnn.training;

import io.sparkrnn.metric.LossSum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums of the epoch that runs.
 *
 * @param loss of the shards that were finite
 * @param dropped results of shards that were not
 * @param rollbacks how often the epoch began anew
 * @param normSums sums of the norms of every layer's gradient; empty before the first
 * @param normCount how many were added
 * @param seconds spent in rounds
 */
public record EpochSums(
    LossSum loss,
    int dropped,
    int rollbacks,
    List<Double> normSums,
    long normCount,
    double seconds) {

  /** Nothing yet. */
  static final EpochSums ZERO = new EpochSums(LossSum.ZERO, 0, 0, List.of(), 0, 0);

  /** Copies the list. */
  public EpochSums {
    normSums = List.copyOf(normSums);
  }

  /** These and one more round. */
  EpochSums plus(List<ShardSummary> summaries, double roundSeconds) {
    LossSum losses = loss;
    int left = dropped;
    List<Double> norms = new ArrayList<>(normSums);
    long count = normCount;
    for (ShardSummary summary : summaries) {
      if (!summary.finite()) {
        left++;
        continue;
      }
      losses = losses.plus(summary.loss());
      if (!summary.gradientNorms().isEmpty()) {
        add(norms, summary.gradientNorms());
        count++;
      }
    }
    return new EpochSums(losses, left, rollbacks, norms, count, seconds + roundSeconds);
  }

  /** These and a round that counts for nothing. */
  EpochSums plusLost(List<ShardSummary> summaries, double roundSeconds) {
    int more = (int) summaries.stream().filter(summary -> !summary.finite()).count();
    return new EpochSums(
        loss, dropped + more, rollbacks, normSums, normCount, seconds + roundSeconds);
  }

  /** Nothing but what it has cost, after the epoch was given up. */
  EpochSums rolledBack() {
    return new EpochSums(LossSum.ZERO, dropped, rollbacks + 1, List.of(), 0, seconds);
  }

  /** The mean norm of every layer's gradient; empty if there was no finite one. */
  Map<String, Double> meanNorms(List<String> layers) {
    Map<String, Double> means = new LinkedHashMap<>();
    for (int i = 0; i < normSums.size(); i++) {
      means.put(layers.get(i), normSums.get(i) / normCount);
    }
    return means;
  }

  private static void add(List<Double> sums, List<Double> values) {
    for (int i = 0; i < values.size(); i++) {
      if (i == sums.size()) {
        sums.add(values.get(i));
      } else {
        sums.set(i, sums.get(i) + values.get(i));
      }
    }
  }
}
