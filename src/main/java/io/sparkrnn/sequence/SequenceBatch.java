package io.sparkrnn.sequence;

import io.sparkrnn.math.Rows;
import java.util.HashMap;
import java.util.Map;

/**
 * A packed batch: columns in the row order of a {@link Packing}; columns of one row a sequence lie
 * in the order of ranks. Padding is never stored, so nothing above knows of masks.
 */
public final class SequenceBatch {

  private final Packing packing;
  private final float[] weights;
  private final Map<String, Rows> values = new HashMap<>();
  private final Map<String, int[]> ids = new HashMap<>();
  private int[] reversedRows = {};
  private int[] ranks = {};

  /**
   * Starts a batch without columns.
   *
   * @param weights weight in the loss of the sequence of each rank
   */
  public SequenceBatch(Packing packing, float[] weights) {
    this.packing = packing;
    this.weights = weights;
  }

  /** Adds a column of values: packed rows × width, or ranks × width. */
  public void putValues(Column column, float[] rows) {
    values.put(column.name(), Rows.of(rows, rows.length / column.width(), column.width()));
  }

  /** Adds a column of ids: one a packed row, or one a rank. */
  public void putIds(Column column, int[] rows) {
    ids.put(column.name(), rows);
  }

  /** The order of rows. */
  public Packing packing() {
    return packing;
  }

  /** B: number of sequences. */
  public int sequences() {
    return packing.sequences();
  }

  /** T: steps of the longest sequence. */
  public int steps() {
    return packing.steps();
  }

  /** Rows of all steps together: the time steps that the batch holds. */
  public int totalRows() {
    return packing.totalRows();
  }

  /** Weight in the loss of the sequence of a rank. */
  public float weight(int rank) {
    return weights[rank];
  }

  /** Rank of the sequence that a packed row belongs to. */
  public int rankOfRow(int row) {
    if (ranks.length == 0) {
      ranks = packing.ranks();
    }
    return ranks[row];
  }

  /** For every row its mirror in time. */
  public int[] reversedRows() {
    if (reversedRows.length == 0) {
      reversedRows = packing.reversedRows();
    }
    return reversedRows;
  }

  /** A column of values. */
  public Rows values(String column) {
    Rows rows = values.get(column);
    if (rows == null) {
      throw new IllegalArgumentException(
          "no column %s of values; there are %s".formatted(column, values.keySet()));
    }
    return rows;
  }

  /** A column of ids. */
  public int[] ids(String column) {
    int[] rows = ids.get(column);
    if (rows == null) {
      throw new IllegalArgumentException(
          "no column %s of ids; there are %s".formatted(column, ids.keySet()));
    }
    return rows;
  }
}
