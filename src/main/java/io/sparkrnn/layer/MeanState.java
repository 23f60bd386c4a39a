package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.sequence.SequenceBatch;

/** ŷ = g(1/T Σ_t h_t): the mean of a sequence's states. */
public record MeanState() implements Pooling {

  @Override
  public Rows forward(SequenceBatch batch, Rows states, Pass pass) {
    Rows output = pass.zeros("output", batch.sequences(), states.width());
    for (int t = 0; t < batch.steps(); t++) {
      int active = batch.packing().activeAt(t);
      output.slice(0, active).add(states.slice(batch.packing().rowOffset(t), active));
    }
    for (int rank = 0; rank < batch.sequences(); rank++) {
      scale(output, rank, 1f / batch.packing().length(rank));
    }
    return output;
  }

  @Override
  public Rows backward(SequenceBatch batch, Rows dOutput, Pass pass) {
    Rows dStates = pass.buffer("dStates", batch.totalRows(), dOutput.width());
    Rows shared = pass.buffer("shared", batch.sequences(), dOutput.width());
    shared.copyFrom(dOutput);
    for (int rank = 0; rank < batch.sequences(); rank++) {
      scale(shared, rank, 1f / batch.packing().length(rank));
    }
    for (int t = 0; t < batch.steps(); t++) {
      int active = batch.packing().activeAt(t);
      dStates.slice(batch.packing().rowOffset(t), active).copyFrom(shared.slice(0, active));
    }
    return dStates;
  }

  private static void scale(Rows rows, int row, float factor) {
    int start = rows.start(row);
    for (int j = 0; j < rows.width(); j++) {
      rows.data()[start + j] *= factor;
    }
  }
}
