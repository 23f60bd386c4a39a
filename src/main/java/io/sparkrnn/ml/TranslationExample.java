package io.sparkrnn.ml;

import java.util.ArrayList;
import java.util.List;

/**
 * One source with what a translator said for it.
 *
 * @param source its tokens
 * @param references what might have been said
 * @param output what was said
 * @param score of it
 * @param attention for each token of the output, and for its end, the weight of each token of the
 *     source; none without attention
 */
public record TranslationExample(
    List<String> source,
    List<List<String>> references,
    List<String> output,
    double score,
    List<float[]> attention) {

  /** Copies the lists. */
  public TranslationExample {
    source = List.copyOf(source);
    references = new ArrayList<>(references);
    output = List.copyOf(output);
    attention = List.copyOf(attention);
  }
}
