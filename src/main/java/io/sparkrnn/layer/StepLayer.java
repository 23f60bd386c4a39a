package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;

/**
 * A layer one step of time at a time, for whatever lets the output of a step feed the input of the
 * next. n sequences take a step together; each step has a {@link Pass#frame} of its own, which
 * keeps what its way back wants. Steps back come in reverse order, and add to the gradients.
 */
public interface StepLayer {

  /** Width of the output. */
  int outputSize();

  /** Values of state a sequence. */
  int stateSize();

  /**
   * One step forward.
   *
   * @param input n × input size
   * @param previous n × state size, unchanged until the step back
   * @param next n × state size, receives the state after the step
   * @param frame of this step
   * @return n × output size, valid until the frame is used again
   */
  Rows step(Rows input, Rows previous, Rows next, Pass frame);

  /**
   * The same step backward.
   *
   * @param dOutput n × output size; may be overwritten
   * @param dNext n × state size
   * @param dPrevious n × state size, receives ∂loss/∂previous
   * @param frame of this step
   * @return n × input size
   */
  Rows stepBack(Rows dOutput, Rows dNext, Rows dPrevious, Pass frame);
}
