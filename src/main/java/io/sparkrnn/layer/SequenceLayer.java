package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.SequenceBatch;

/**
 * Maps sequences to sequences of the same lengths. Takes an initial state and leaves the last one
 * of each sequence, a row a rank.
 */
public interface SequenceLayer {

  /** Width of the output. */
  int outputSize();

  /** Values of state a sequence; 0 for a layer without memory. */
  int stateSize();

  /**
   * Columns of the output, from the left, whose last step sums a sequence up; of the others the
   * first step does, because they run backward in time.
   */
  int forwardSize();

  /** Declares its parameters. */
  void declare(ParameterLayout.Builder layout, int inputSize);

  /**
   * Forward.
   *
   * @param input packed rows × input size
   * @param initial B × state size
   * @param last B × state size, receives the state after each sequence's last step
   * @return packed rows × output size
   */
  Rows forward(SequenceBatch batch, Rows input, Rows initial, Rows last, Pass pass);

  /**
   * Backward through time; adds to the gradients.
   *
   * @param dOutput packed rows × output size; may be overwritten
   * @param dLast B × state size
   * @param dInitial B × state size, receives ∂loss/∂initial
   * @return packed rows × input size
   */
  Rows backward(SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass);

  /**
   * Backward where nobody wants the gradient of the input, as for the lowest layer over given
   * values; parameters as for {@link #backward}.
   */
  default void backwardParameters(
      SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass) {
    backward(batch, dOutput, dLast, dInitial, pass);
  }
}
