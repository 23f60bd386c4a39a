package io.sparkrnn.search;

import java.util.List;

/** Looks for probable sequences of a model, many searches at once. */
@FunctionalInterface
public interface Search {

  /**
   * Searches.
   *
   * @param limits tokens at most of each search, at least 1
   * @return the hypotheses of each search, the best first; at least one
   */
  List<List<Hypothesis>> search(StepModel model, int[] limits);
}
