package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.sequence.SequenceBatch;

/** Chooses or makes, out of the states of all steps, the rows that the head sees. */
public interface Pooling {

  /**
   * Maps packed rows × D to the rows that the head sees: one a sequence, by rank, or one a step.
   */
  Rows forward(SequenceBatch batch, Rows states, Pass pass);

  /** Maps ∂loss/∂output to ∂loss/∂states. */
  Rows backward(SequenceBatch batch, Rows dOutput, Pass pass);
}
