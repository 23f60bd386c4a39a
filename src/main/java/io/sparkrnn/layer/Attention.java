package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;

/**
 * Turns the states of a decoder into states that know of the encoder's rows. A row of queries
 * attends to the rows of one sequence of the memory, its owner.
 */
public interface Attention {

  /** Width of the output for states of this width. */
  int outputSize(int stateSize);

  /** Declares its parameters. */
  void declare(ParameterLayout.Builder layout, int stateSize, int memorySize);

  /** Derives from the memory what all queries share. */
  void remember(Memory memory, Pass pass);

  /**
   * Forward; may be called for any number of steps on frames of the pass.
   *
   * @param states n × state size, unchanged until the way back
   * @param owners for each row the sequence of the memory it attends to
   * @return n × output size
   */
  Rows forward(Memory memory, Rows states, int[] owners, Pass pass);

  /**
   * The same backward; adds to the gradients of parameters and memory.
   *
   * @param dOutput n × output size; may be overwritten
   * @return n × state size
   */
  Rows backward(Memory memory, Rows dOutput, Pass pass);

  /** After all steps back: the gradient of what all queries shared. */
  void rememberBack(Memory memory, Pass pass);
}
