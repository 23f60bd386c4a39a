package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.sequence.SequenceBatch;

/**
 * ŷ = g(h_T): each direction's state after it has seen the whole sequence, which is the last step's
 * for columns that run forward and the first step's for those that run backward.
 *
 * @param forwardSize number of columns, from the left, that run forward
 */
public record LastState(int forwardSize) implements Pooling {

  @Override
  public Rows forward(SequenceBatch batch, Rows states, Pass pass) {
    int backwardSize = states.width() - forwardSize;
    Rows output = pass.buffer("output", batch.sequences(), states.width());
    for (int rank = 0; rank < batch.sequences(); rank++) {
      int last = states.start(batch.packing().lastRow(rank));
      int first = states.start(batch.packing().row(rank, 0));
      int to = output.start(rank);
      System.arraycopy(states.data(), last, output.data(), to, forwardSize);
      System.arraycopy(
          states.data(), first + forwardSize, output.data(), to + forwardSize, backwardSize);
    }
    return output;
  }

  @Override
  public Rows backward(SequenceBatch batch, Rows dOutput, Pass pass) {
    int backwardSize = dOutput.width() - forwardSize;
    Rows dStates = pass.zeros("dStates", batch.totalRows(), dOutput.width());
    for (int rank = 0; rank < batch.sequences(); rank++) {
      int last = dStates.start(batch.packing().lastRow(rank));
      int first = dStates.start(batch.packing().row(rank, 0));
      int from = dOutput.start(rank);
      System.arraycopy(dOutput.data(), from, dStates.data(), last, forwardSize);
      System.arraycopy(
          dOutput.data(), from + forwardSize, dStates.data(), first + forwardSize, backwardSize);
    }
    return dStates;
  }
}
