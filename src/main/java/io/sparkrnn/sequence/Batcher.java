package io.sparkrnn.sequence;

import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Deals sequences into mini-batches: shuffled, then sorted by length inside pools of {@value
 * #BATCHES_A_POOL} batches, cut, and the batches shuffled again. Sequences of like length meet, so
 * steps keep many rows, while batches still change from epoch to epoch. A key decides everything.
 */
public final class Batcher {

  private static final int BATCHES_A_POOL = 32;
  private static final int EVALUATED_STEPS = 1 << 14;

  private Batcher() {}

  /**
   * Returns all mini-batches of one epoch.
   *
   * @param lengths time steps of each sequence
   * @param batchSize sequences a batch; the last of a pool may be smaller
   */
  public static int[][] shuffled(int[] lengths, int batchSize, RandomKey key) {
    RandomStream random = key.stream();
    int[] order = range(lengths.length);
    random.shuffle(order);
    int size = atMostAll(lengths, batchSize);
    int pool = (int) Math.min(order.length, (long) size * BATCHES_A_POOL);
    for (int from = 0; from < order.length; from += pool) {
      sortByLength(order, from, Math.min(order.length, from + pool), lengths);
    }
    int[][] batches = cut(order, size);
    int[] turns = range(batches.length);
    random.shuffle(turns);
    int[][] shuffled = new int[batches.length][];
    for (int i = 0; i < turns.length; i++) {
      shuffled[i] = batches[turns[i]];
    }
    return shuffled;
  }

  /**
   * Returns batches for evaluation: longest first, no randomness. A batch holds at most {@value
   * #EVALUATED_STEPS} time steps, or a single sequence, so that long sequences do not fill the
   * memory.
   *
   * @param batchSize sequences a batch at most
   */
  public static int[][] sorted(int[] lengths, int batchSize) {
    int[] order = range(lengths.length);
    sortByLength(order, 0, order.length, lengths);
    List<int[]> batches = new ArrayList<>();
    int from = 0;
    while (from < order.length) {
      long steps = lengths[order[from]];
      int to = from + 1;
      while (to < order.length
          && to - from < batchSize
          && steps + lengths[order[to]] <= EVALUATED_STEPS) {
        steps += lengths[order[to]];
        to++;
      }
      batches.add(Arrays.copyOfRange(order, from, to));
      from = to;
    }
    return batches.toArray(new int[0][]);
  }

  /** Any batch size is allowed, however far beyond what there is. */
  private static int atMostAll(int[] lengths, int batchSize) {
    return Math.min(batchSize, Math.max(1, lengths.length));
  }

  private static int[][] cut(int[] order, int batchSize) {
    int[][] batches = new int[(order.length + batchSize - 1) / batchSize][];
    for (int i = 0; i < batches.length; i++) {
      batches[i] =
          Arrays.copyOfRange(order, i * batchSize, Math.min(order.length, (i + 1) * batchSize));
    }
    return batches;
  }

  /** Longest first; equal lengths keep their order. */
  private static void sortByLength(int[] order, int from, int to, int[] lengths) {
    long[] keys = new long[to - from];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = ((long) (Integer.MAX_VALUE - lengths[order[from + i]]) << 32) | i;
    }
    Arrays.sort(keys);
    int[] unsorted = Arrays.copyOfRange(order, from, to);
    for (int i = 0; i < keys.length; i++) {
      order[from + i] = unsorted[(int) keys[i]];
    }
  }

  private static int[] range(int count) {
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    return numbers;
  }
}
