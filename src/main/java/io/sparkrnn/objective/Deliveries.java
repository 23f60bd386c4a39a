package io.sparkrnn.objective;

import io.sparkrnn.math.Rows;
import io.sparkrnn.network.NetworkDescription.Output;
import io.sparkrnn.sequence.Packing;
import io.sparkrnn.sequence.SequenceBatch;

/** Unpacks outputs, by rank or packed row, into one prediction a sequence. */
final class Deliveries {

  private Deliveries() {}

  static void deliver(
      SequenceBatch batch, Rows outputs, Output output, Objective.Receiver receiver) {
    Packing packing = batch.packing();
    for (int rank = 0; rank < batch.sequences(); rank++) {
      int position = packing.sequenceAt(rank);
      if (output == Output.SEQUENCE) {
        receiver.accept(position, outputs.slice(rank, 1));
        continue;
      }
      Rows steps = Rows.zeros(packing.length(rank), outputs.width());
      for (int t = 0; t < steps.count(); t++) {
        steps.slice(t, 1).copyFrom(outputs.slice(packing.row(rank, t), 1));
      }
      receiver.accept(position, steps);
    }
  }
}
