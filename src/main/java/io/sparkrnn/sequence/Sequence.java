package io.sparkrnn.sequence;

import io.sparkrnn.math.RandomKey;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * One sequence in numbers: for every column of its schema either floats (row after row) or ids.
 * Immutable by agreement: nobody writes into its arrays.
 */
public final class Sequence implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int length;
  private final float weight;
  private final float[][] values;
  private final int[][] ids;

  /**
   * Takes the columns in the order of the schema; a column of values has an empty array among the
   * ids and the other way round.
   *
   * @param length time steps, at least 1
   * @param weight weight in the loss, at least 0
   * @param values column → rows × width floats
   * @param ids column → rows ids
   */
  public Sequence(int length, float weight, float[][] values, int[][] ids) {
    if (length < 1) {
      throw new IllegalArgumentException("a sequence has at least 1 step, found " + length);
    }
    this.length = length;
    this.weight = weight;
    this.values = values;
    this.ids = ids;
  }

  /** Time steps. */
  public int length() {
    return length;
  }

  /** Weight in the loss. */
  public float weight() {
    return weight;
  }

  /** Floats of a column, rows × width. */
  public float[] values(int column) {
    return values[column];
  }

  /** Ids of a column. */
  public int[] ids(int column) {
    return ids[column];
  }

  /** Fails unless the arrays fit the schema. */
  public void requireSchema(List<Column> schema) {
    for (int c = 0; c < schema.size(); c++) {
      Column column = schema.get(c);
      int expected = column.rows(length) * column.width();
      int found = column.kind() == Column.Kind.VALUES ? values[c].length : ids[c].length;
      if (expected != found) {
        throw new IllegalArgumentException(
            "column %s of a sequence of %d steps: expected %d entries, found %d"
                .formatted(column.name(), length, expected, found));
      }
    }
  }

  /** 64 bits of the content: equal sequences have equal ones, whatever machine computes them. */
  public long contentHash() {
    long hash = RandomKey.ofSeed(length).child(Float.floatToIntBits(weight)).state();
    for (float[] column : values) {
      for (float value : column) {
        hash = (hash ^ Float.floatToIntBits(value)) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
      }
    }
    for (int[] column : ids) {
      for (int id : column) {
        hash = (hash ^ id) * 0xBF58476D1CE4E5B9L;
        hash ^= hash >>> 31;
      }
    }
    return hash;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sequence that
        && length == that.length
        && Float.floatToIntBits(weight) == Float.floatToIntBits(that.weight)
        && Arrays.deepEquals(values, that.values)
        && Arrays.deepEquals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(contentHash());
  }
}
