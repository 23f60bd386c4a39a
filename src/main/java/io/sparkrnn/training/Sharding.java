package io.sparkrnn.training;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;

/**
 * Deals sequences to P shards of equal work: the longest first, each to the shard with the fewest
 * time steps so far (Graham 1969). The order is by length, then by content, so the outcome depends
 * on the data and P alone, never on the order of arrival. Only counts by length are needed to plan,
 * so planning stays small however many sequences there are.
 */
public final class Sharding implements Serializable {
  private static final long serialVersionUID = 1L;

  private final HashMap<Integer, long[]> ends = new HashMap<>();
  private final int shards;

  /**
   * Plans.
   *
   * @param counts length → number of sequences of that length
   * @param shards P, at least 1
   */
  public Sharding(NavigableMap<Integer, Long> counts, int shards) {
    this.shards = shards;
    PriorityQueue<Load> queue =
        new PriorityQueue<>(Comparator.comparingLong(Load::steps).thenComparingInt(Load::shard));
    for (int shard = 0; shard < shards; shard++) {
      queue.add(new Load(shard, 0));
    }
    for (Map.Entry<Integer, Long> entry : counts.descendingMap().entrySet()) {
      long[] dealt = new long[shards];
      for (long i = 0; i < entry.getValue(); i++) {
        Load least = queue.remove();
        dealt[least.shard]++;
        queue.add(new Load(least.shard, least.steps + entry.getKey()));
      }
      Arrays.parallelPrefix(dealt, Long::sum);
      ends.put(entry.getKey(), dealt);
    }
  }

  /** P. */
  public int shards() {
    return shards;
  }

  /**
   * The shard of a sequence.
   *
   * @param length its time steps
   * @param ordinal its place, by content, among the sequences of that length, from 0
   */
  public int shardOf(int length, long ordinal) {
    long[] dealt = ends.getOrDefault(length, new long[shards]);
    for (int shard = 0; shard < shards; shard++) {
      if (ordinal < dealt[shard]) {
        return shard;
      }
    }
    throw new IllegalArgumentException(
        "sequence %d of length %d was not planned for".formatted(ordinal, length));
  }

  private record Load(int shard, long steps) {}
}
