package io.sparkrnn.sequence;

import java.util.Arrays;

/**
 * How ragged sequences lie in a batch without padding: time-major, longest sequence first. Step t
 * is {@link #activeAt} contiguous rows, one for each sequence longer than t, so the rows of step t
 * are a prefix of those of step t − 1. The place of a sequence in that order is its rank; equal
 * lengths keep the order in which they came.
 */
public final class Packing {

  private final int[] lengths;
  private final int[] sequenceAt;
  private final int[] rowOffset;

  /** Ranks sequences of these lengths, each at least 1. */
  public Packing(int[] sequenceLengths) {
    if (sequenceLengths.length == 0) {
      throw new IllegalArgumentException("a batch holds at least 1 sequence, found none");
    }
    sequenceAt = rankByLength(sequenceLengths);
    lengths = new int[sequenceLengths.length];
    for (int rank = 0; rank < lengths.length; rank++) {
      lengths[rank] = sequenceLengths[sequenceAt[rank]];
    }
    if (lengths[lengths.length - 1] < 1) {
      throw new IllegalArgumentException("a batch holds no empty sequence");
    }
    rowOffset = new int[lengths[0] + 1];
    int active = lengths.length;
    for (int t = 0; t < lengths[0]; t++) {
      while (lengths[active - 1] <= t) {
        active--;
      }
      rowOffset[t + 1] = Math.addExact(rowOffset[t], active);
    }
  }

  private static int[] rankByLength(int[] lengths) {
    long[] keys = new long[lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      keys[i] = ((long) (Integer.MAX_VALUE - lengths[i]) << 32) | i;
    }
    Arrays.sort(keys);
    int[] order = new int[lengths.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }

  /** B: number of sequences. */
  public int sequences() {
    return lengths.length;
  }

  /** T: steps of the longest sequence. */
  public int steps() {
    return lengths[0];
  }

  /** Rows of all steps together. */
  public int totalRows() {
    return rowOffset[lengths[0]];
  }

  /** First row of step t. */
  public int rowOffset(int t) {
    return rowOffset[t];
  }

  /** Sequences longer than t, which are the ranks 0 … activeAt(t) − 1. */
  public int activeAt(int t) {
    return rowOffset[t + 1] - rowOffset[t];
  }

  /** Steps of the sequence of a rank. */
  public int length(int rank) {
    return lengths[rank];
  }

  /** Row of step t of the sequence of a rank. */
  public int row(int rank, int t) {
    return rowOffset[t] + rank;
  }

  /** Row of the last step of the sequence of a rank. */
  public int lastRow(int rank) {
    return row(rank, lengths[rank] - 1);
  }

  /** Position, among the sequences as they were given, of the one of a rank. */
  public int sequenceAt(int rank) {
    return sequenceAt[rank];
  }

  /** For every row the rank of its sequence. */
  public int[] ranks() {
    int[] ranks = new int[totalRows()];
    for (int t = 0; t < steps(); t++) {
      for (int rank = 0; rank < activeAt(t); rank++) {
        ranks[rowOffset[t] + rank] = rank;
      }
    }
    return ranks;
  }

  /** For every row the row of the same sequence as far from its other end. An involution. */
  public int[] reversedRows() {
    int[] reversed = new int[totalRows()];
    for (int rank = 0; rank < lengths.length; rank++) {
      for (int t = 0; t < lengths[rank]; t++) {
        reversed[row(rank, t)] = row(rank, lengths[rank] - 1 - t);
      }
    }
    return reversed;
  }
}
