package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;

/**
 * How well queries and memory rows fit: e_ij for query i and row j of one sequence. Both sides are
 * mapped once, in one product each, to one width K before any pair is looked at.
 */
public interface AttentionScore {

  /** Declares its parameters. */
  void declare(ParameterLayout.Builder layout, int querySize, int memorySize);

  /** Maps memory rows × memory size to rows × K. */
  Rows keys(Rows memory, Pass pass);

  /** Adds to the gradients of memory and parameters. */
  void keysBack(Rows memory, Rows dKeys, Rows dMemory, Pass pass);

  /** Maps states n × query size to n × K. */
  Rows queries(Rows states, Pass pass);

  /** Maps the gradient of mapped queries, n × K, to that of the states; adds to the gradients. */
  Rows queriesBack(Rows states, Rows dQueries, Pass pass);

  /**
   * Scores of all pairs of one sequence.
   *
   * @param queries n × K
   * @param keys s × K
   * @param scores n × s, receives e
   */
  void scores(Rows queries, Rows keys, Rows scores, Pass pass);

  /**
   * The same backward.
   *
   * @param dScores n × s
   * @param dQueries n × K, overwritten
   * @param dKeys s × K, added to
   */
  void scoresBack(Rows queries, Rows keys, Rows dScores, Rows dQueries, Rows dKeys, Pass pass);
}
