package io.sparkrnn.search;

import io.sparkrnn.math.Rows;

/**
 * Anything that says one token after another: a decoder, a language model. Many hypotheses take a
 * step together, a row each.
 */
public interface StepModel {

  /** C: number of tokens, ids 0 … C − 1. */
  int outputs();

  /** Id of the token that ends a sequence, and stands before the first one. */
  int boundary();

  /** Whether a search may say this token. */
  boolean sayable(int token);

  /** S: values of state a hypothesis. */
  int stateSize();

  /**
   * First states.
   *
   * @param searches which search each row belongs to
   * @param states rows × S, receives them
   */
  void begin(int[] searches, Rows states);

  /**
   * One step of all rows.
   *
   * @param tokens said last by each row
   * @param searches which search each row belongs to; rows of one search lie together
   * @param previous rows × S
   * @param next rows × S, receives the states after the step
   * @return rows × C: log-probabilities of the next token; may be overwritten
   */
  Rows step(int[] tokens, int[] searches, Rows previous, Rows next);
}
