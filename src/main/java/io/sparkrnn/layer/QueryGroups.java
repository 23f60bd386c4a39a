package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;

/**
 * Rows of queries by the sequence they belong to.
 *
 * @param order rows of the queries, those of sequence 0 first, each in their old order
 * @param starts place in {@code order} of the first row of each sequence, and the end
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier within one traversal
record QueryGroups(int[] order, int[] starts) {

  /** Sorts rows by their owners. */
  static QueryGroups of(int[] owners, int sequences) {
    int[] starts = new int[sequences + 1];
    for (int owner : owners) {
      starts[owner + 1]++;
    }
    for (int s = 0; s < sequences; s++) {
      starts[s + 1] += starts[s];
    }
    int[] next = starts.clone();
    int[] order = new int[owners.length];
    for (int row = 0; row < owners.length; row++) {
      order[next[owners[row]]++] = row;
    }
    return new QueryGroups(order, starts);
  }

  int count() {
    return starts.length - 1;
  }

  int size(int sequence) {
    return starts[sequence + 1] - starts[sequence];
  }

  /** Pairs of a query and a row of its sequence. */
  int pairs(Memory memory) {
    long pairs = 0;
    for (int s = 0; s < count(); s++) {
      pairs += (long) size(s) * memory.length(s);
    }
    return Math.toIntExact(pairs);
  }

  /** The rows of one sequence among grouped ones. */
  Rows of(Rows grouped, int sequence) {
    return grouped.slice(starts[sequence], size(sequence));
  }

  /** Brings rows into the order of the groups. */
  void gather(Rows rows, Rows grouped) {
    for (int place = 0; place < order.length; place++) {
      grouped.slice(place, 1).copyFrom(rows.slice(order[place], 1));
    }
  }

  /** Brings grouped rows back into their own order. */
  void scatter(Rows grouped, Rows rows) {
    for (int place = 0; place < order.length; place++) {
      rows.slice(order[place], 1).copyFrom(grouped.slice(place, 1));
    }
  }
}
