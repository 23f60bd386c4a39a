package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;

/**
 * The output over a vocabulary of V tokens: hidden rows h to log p(token | h), and the loss −log p
 * of targets without keeping rows × V scores. Ids are in the order of frequency, most frequent
 * first, where a form makes use of it.
 *
 * <p>Passes and layouts are those of the whole network, since weights may be tied to an embedding.
 */
public interface SoftmaxLayer {

  /** Id of a target that does not count. */
  int NO_TARGET = -1;

  /** V. */
  int vocabulary();

  /** Declares its parameters. */
  void declare(ParameterLayout.Builder network, int inputSize);

  /**
   * The loss Σ w·(−log p_target), or an estimate of it that is trained on in its place, and its
   * gradients, which are added.
   *
   * @param hidden rows × D
   * @param targets one id a row, or {@link #NO_TARGET}
   * @param weights w, one a row
   * @param dHidden rows × D, receives ∂loss/∂hidden
   */
  double lossAndGradient(Rows hidden, int[] targets, float[] weights, Rows dHidden, Pass network);

  /**
   * The exact log p of one token a row, in nats; 0 where there is no target.
   *
   * @param hidden rows × D
   * @param targets one id a row, or {@link #NO_TARGET}
   * @param logProbability receives a value a row
   */
  void logProbabilities(Rows hidden, int[] targets, float[] logProbability, Pass network);

  /**
   * The exact log p of all tokens.
   *
   * @param hidden rows × D
   * @return rows × V, valid until this is called again
   */
  Rows distribution(Rows hidden, Pass network);
}
