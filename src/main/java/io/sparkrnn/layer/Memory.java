package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.sequence.Packing;
import io.sparkrnn.sequence.SequenceBatch;

/**
 * What a decoder attends to: the rows that an encoder gave for ragged sequences, those of each
 * sequence one after another, so that a query sees its own sequence's rows and no mask is needed.
 * Beside them lie keys, which an attention derives from the rows once a batch, and the gradients of
 * both. Sequences are named by their ranks in the batch that was encoded.
 */
public final class Memory {

  private final int[] places;
  private final int[] starts;
  private final Rows rows;
  private final Rows dRows;
  private Rows keys = Rows.zeros(0, 0);
  private Rows dKeys = Rows.zeros(0, 0);

  private Memory(int[] places, int[] starts, Rows rows, Rows dRows) {
    this.places = places;
    this.starts = starts;
    this.rows = rows;
    this.dRows = dRows;
  }

  /**
   * Takes in the rows of a batch.
   *
   * @param encoded packed rows × width
   */
  public static Memory of(SequenceBatch batch, Rows encoded, Pass pass) {
    Packing packing = batch.packing();
    int[] starts = new int[batch.sequences() + 1];
    int[] places = new int[batch.totalRows()];
    for (int rank = 0; rank < batch.sequences(); rank++) {
      starts[rank + 1] = starts[rank] + packing.length(rank);
      for (int t = 0; t < packing.length(rank); t++) {
        places[packing.row(rank, t)] = starts[rank] + t;
      }
    }
    Rows rows = pass.buffer("rows", encoded.count(), encoded.width());
    for (int row = 0; row < places.length; row++) {
      rows.slice(places[row], 1).copyFrom(encoded.slice(row, 1));
    }
    Rows dRows =
        pass.training() ? pass.zeros("dRows", rows.count(), rows.width()) : Rows.zeros(0, 0);
    return new Memory(places, starts, rows, dRows);
  }

  /** Sequences in it. */
  public int sequences() {
    return starts.length - 1;
  }

  /** Rows of one sequence. */
  public int length(int sequence) {
    return starts[sequence + 1] - starts[sequence];
  }

  /** All rows, sequence after sequence. */
  public Rows rows() {
    return rows;
  }

  /** Gradient of all rows, to add to; in training alone. */
  public Rows dRows() {
    return dRows;
  }

  /** Rows of one sequence. */
  public Rows rowsOf(int sequence) {
    return rows.slice(starts[sequence], length(sequence));
  }

  /** Gradient of the rows of one sequence, to add to. */
  public Rows dRowsOf(int sequence) {
    return dRows.slice(starts[sequence], length(sequence));
  }

  /** Puts keys beside the rows, and zeros for their gradient in training. */
  public void putKeys(Rows ofRows, Pass pass) {
    keys = ofRows;
    dKeys = pass.training() ? pass.zeros("dKeys", keys.count(), keys.width()) : Rows.zeros(0, 0);
  }

  /** Gradient of all keys. */
  public Rows dKeys() {
    return dKeys;
  }

  /** Keys of one sequence. */
  public Rows keysOf(int sequence) {
    return keys.slice(starts[sequence], length(sequence));
  }

  /** Gradient of the keys of one sequence, to add to. */
  public Rows dKeysOf(int sequence) {
    return dKeys.slice(starts[sequence], length(sequence));
  }

  /** The gradient of the encoded rows, in the order of the batch. */
  public Rows backward(Pass pass) {
    Rows dEncoded = pass.buffer("dEncoded", rows.count(), rows.width());
    for (int row = 0; row < places.length; row++) {
      dEncoded.slice(row, 1).copyFrom(dRows.slice(places[row], 1));
    }
    return dEncoded;
  }
}
