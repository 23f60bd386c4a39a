package io.sparkrnn.objective;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Rows;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.Streams;
import java.util.HashMap;
import java.util.Map;

/**
 * The states that streams carry from one segment to the next: what each stream of the last batch
 * ended in. A segment at the start of its stream begins at zero, so nothing passes from one stream
 * to another; so does one whose stream was not in the batch before. For one thread.
 */
final class CarriedStates {

  private final int stateSize;
  private final Map<Integer, float[]> ends = new HashMap<>();

  CarriedStates(int stateSize) {
    this.stateSize = stateSize;
  }

  /** B × S states that the segments of a batch begin in. */
  Rows initial(SequenceBatch batch, Pass pass) {
    Rows initial = pass.zeros("carried", batch.sequences(), stateSize);
    int[] streams = batch.ids(Streams.STREAM);
    int[] from = batch.ids(Streams.FROM);
    for (int rank = 0; rank < batch.sequences(); rank++) {
      float[] end = ends.get(streams[rank]);
      if (from[rank] > 0 && end != null) {
        initial.slice(rank, 1).copyFrom(end);
      }
    }
    return initial;
  }

  /** Keeps the B × S states that the segments of a batch ended in, and no others. */
  void keep(SequenceBatch batch, Rows last) {
    ends.clear();
    int[] streams = batch.ids(Streams.STREAM);
    for (int rank = 0; rank < batch.sequences(); rank++) {
      ends.put(streams[rank], last.slice(rank, 1).toArray());
    }
  }
}
