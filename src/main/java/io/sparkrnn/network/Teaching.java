package io.sparkrnn.network;

import io.sparkrnn.layer.Memory;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Rows;
import io.sparkrnn.sequence.PairBatch;

/** A way through a decoder whose outputs are known: from the target's tokens to its states. */
interface Teaching {

  /**
   * Forward.
   *
   * @param initial the decoder's first states, a row a rank of the target
   * @return attentional states, packed rows of the target × D
   */
  Rows forward(PairBatch pair, Memory memory, Rows initial, Pass pass);

  /**
   * Backward; adds to the gradients of parameters and memory.
   *
   * @param dStates may be overwritten
   * @return ∂loss/∂initial
   */
  Rows backward(PairBatch pair, Memory memory, Rows dStates, Pass pass);
}
