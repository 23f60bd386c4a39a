package io.sparkrnn.search;

import java.util.List;

/**
 * What a search found.
 *
 * @param tokens without the boundary at the end
 * @param logProbability of all tokens and of the end, in nats
 * @param score by which hypotheses of one search are ranked: the log-probability, normalised for
 *     length
 */
public record Hypothesis(List<Integer> tokens, double logProbability, double score) {

  /** Keeps a copy of the list. */
  public Hypothesis {
    tokens = List.copyOf(tokens);
  }
}
