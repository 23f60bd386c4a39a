package io.sparkrnn.sequence;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.math.RandomKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Many sequences in few arrays: each column is stored end to end, so that a cached partition is a
 * handful of objects however many sequences it holds. Batches are gathered from it by index.
 */
public final class SequenceSet implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Column> schema;
  private final int[] starts;
  private final float[] weights;
  private final float[][] values;
  private final int[][] ids;

  /** Packs sequences in the given order. */
  public SequenceSet(List<Column> schema, List<Sequence> sequences) {
    this.schema = new ArrayList<>(schema);
    this.starts = new int[sequences.size() + 1];
    this.weights = new float[sequences.size()];
    for (int i = 0; i < sequences.size(); i++) {
      Sequence sequence = sequences.get(i);
      sequence.requireSchema(schema);
      requireRoom("of time steps", (long) starts[i] + sequence.length());
      starts[i + 1] = starts[i] + sequence.length();
      weights[i] = sequence.weight();
    }
    this.values = new float[schema.size()][];
    this.ids = new int[schema.size()][];
    for (int c = 0; c < schema.size(); c++) {
      pack(c, sequences);
    }
  }

  private void pack(int c, List<Sequence> sequences) {
    Column column = schema.get(c);
    boolean real = column.kind() == Column.Kind.VALUES;
    long rows = column.scope() == Column.Scope.STEP ? starts[starts.length - 1] : weights.length;
    requireRoom("of column " + column.name(), rows * column.width());
    values[c] = new float[real ? (int) rows * column.width() : 0];
    ids[c] = new int[real ? 0 : (int) rows];
    for (int i = 0; i < sequences.size(); i++) {
      Sequence sequence = sequences.get(i);
      int start = start(column, i);
      if (real) {
        float[] from = sequence.values(c);
        System.arraycopy(from, 0, values[c], start * column.width(), from.length);
      } else {
        int[] from = sequence.ids(c);
        System.arraycopy(from, 0, ids[c], start, from.length);
      }
    }
  }

  private static void requireRoom(String what, long values) {
    if (values > Integer.MAX_VALUE - 8) {
      throw new ConfigurationException(
          "training.partitions: expected fewer than 2^31 values %s in one partition, found %d; use more partitions"
              .formatted(what, values));
    }
  }

  private int start(Column column, int sequence) {
    return column.scope() == Column.Scope.STEP ? starts[sequence] : sequence;
  }

  /** Number of sequences. */
  public int size() {
    return weights.length;
  }

  /** Time steps of all sequences together. */
  public long steps() {
    return starts[starts.length - 1];
  }

  /** Time steps of one sequence. */
  public int length(int sequence) {
    return starts[sequence + 1] - starts[sequence];
  }

  /** Time steps of each sequence. */
  public int[] lengths() {
    int[] lengths = new int[size()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = length(i);
    }
    return lengths;
  }

  /** The columns. */
  public List<Column> schema() {
    return List.copyOf(schema);
  }

  /** 64 bits of the whole content in its order, the same on every machine. */
  public long contentHash() {
    long hash = RandomKey.ofSeed(size()).state();
    for (int start : starts) {
      hash = mixed(hash, start);
    }
    for (float weight : weights) {
      hash = mixed(hash, Float.floatToIntBits(weight));
    }
    for (float[] column : values) {
      for (float value : column) {
        hash = mixed(hash, Float.floatToIntBits(value));
      }
    }
    for (int[] column : ids) {
      for (int id : column) {
        hash = mixed(hash, id);
      }
    }
    return hash;
  }

  private static long mixed(long hash, int bits) {
    long mixed = (hash ^ bits) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 29);
  }

  /** Packs the sequences of these indices, at least one, into a batch. */
  public SequenceBatch gather(int[] sequences) {
    int[] lengths = new int[sequences.length];
    for (int i = 0; i < sequences.length; i++) {
      lengths[i] = length(sequences[i]);
    }
    Packing packing = new Packing(lengths);
    int[] ranked = new int[sequences.length];
    float[] batchWeights = new float[sequences.length];
    for (int rank = 0; rank < ranked.length; rank++) {
      ranked[rank] = sequences[packing.sequenceAt(rank)];
      batchWeights[rank] = weights[ranked[rank]];
    }
    SequenceBatch batch = new SequenceBatch(packing, batchWeights);
    for (int c = 0; c < schema.size(); c++) {
      Column column = schema.get(c);
      if (column.kind() == Column.Kind.VALUES) {
        batch.putValues(column, gatherValues(c, ranked, packing));
      } else {
        batch.putIds(column, gatherIds(c, ranked, packing));
      }
    }
    return batch;
  }

  private float[] gatherValues(int c, int[] ranked, Packing packing) {
    Column column = schema.get(c);
    int width = column.width();
    if (column.scope() == Column.Scope.SEQUENCE) {
      float[] gathered = new float[ranked.length * width];
      for (int rank = 0; rank < ranked.length; rank++) {
        System.arraycopy(values[c], ranked[rank] * width, gathered, rank * width, width);
      }
      return gathered;
    }
    float[] gathered = new float[Math.multiplyExact(packing.totalRows(), width)];
    for (int t = 0; t < packing.steps(); t++) {
      int row = packing.rowOffset(t);
      for (int rank = 0; rank < packing.activeAt(t); rank++) {
        int from = (starts[ranked[rank]] + t) * width;
        System.arraycopy(values[c], from, gathered, (row + rank) * width, width);
      }
    }
    return gathered;
  }

  private int[] gatherIds(int c, int[] ranked, Packing packing) {
    if (schema.get(c).scope() == Column.Scope.SEQUENCE) {
      int[] gathered = new int[ranked.length];
      for (int rank = 0; rank < ranked.length; rank++) {
        gathered[rank] = ids[c][ranked[rank]];
      }
      return gathered;
    }
    int[] gathered = new int[packing.totalRows()];
    for (int t = 0; t < packing.steps(); t++) {
      int row = packing.rowOffset(t);
      for (int rank = 0; rank < packing.activeAt(t); rank++) {
        gathered[row + rank] = ids[c][starts[ranked[rank]] + t];
      }
    }
    return gathered;
  }
}
