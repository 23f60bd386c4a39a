package io.sparkrnn.ml;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of signed numbers in bins whose edges grow by {@value #GROWTH}: quantiles are exact to
 * half a percent, and the same in whatever order numbers were added or histograms merged.
 */
final class ScoreHistogram implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final double GROWTH = 1.005;

  /** Smaller sizes count as 0. */
  private static final double SMALLEST = 1e-12;

  private static final int OFFSET = (int) Math.ceil(-Math.log(SMALLEST) / Math.log(GROWTH)) + 1;

  private final TreeMap<Integer, Long> counts = new TreeMap<>();
  private long total;

  void add(double score) {
    counts.merge(bin(score), 1L, Long::sum);
    total++;
  }

  void merge(ScoreHistogram other) {
    other.counts.forEach((bin, count) -> counts.merge(bin, count, Long::sum));
    total += other.total;
  }

  long total() {
    return total;
  }

  /**
   * The score that a new one exceeds with a probability of at most 1 − {@code share}, if it is one
   * like these (Vovk, Gammerman and Shafer 2005): the ⌈(n + 1)·share⌉-th smallest, or the largest.
   */
  double quantile(double share) {
    long rank = Math.min(total, (long) Math.ceil((total + 1) * share));
    long seen = 0;
    for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
      seen += entry.getValue();
      if (seen >= rank) {
        return edge(entry.getKey());
      }
    }
    throw new IllegalStateException("a quantile of no score was asked for");
  }

  private static int bin(double score) {
    double size = Math.abs(score);
    if (!(size > SMALLEST)) {
      return 0;
    }
    int bin = OFFSET + (int) Math.ceil(Math.log(size) / Math.log(GROWTH));
    return score > 0 ? bin : -bin;
  }

  /** The larger edge in size, so that an interval is never narrower for the binning. */
  private static double edge(int bin) {
    if (bin == 0) {
      return 0;
    }
    int inward = bin > 0 ? 0 : 1;
    double size = Math.exp((Math.abs(bin) - OFFSET - inward) * Math.log(GROWTH));
    return bin > 0 ? size : -size;
  }
}
