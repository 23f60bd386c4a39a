package io.sparkrnn.format;

import java.util.List;
import java.util.Optional;

/**
 * A sentence of a CoNLL-U file.
 *
 * @param number number in its file, from 1
 * @param line number of the line of its first word
 * @param comments its comment lines without {@code #}, stripped
 * @param tokens its words, at least one; no multiword ranges, no empty nodes
 */
public record ConllUSentence(
    long number, long line, List<String> comments, List<ConllUToken> tokens) {
  /** Copies the lists. */
  public ConllUSentence {
    comments = List.copyOf(comments);
    tokens = List.copyOf(tokens);
  }

  /** The value of a comment {@code # name = value}, such as {@code sent_id} or {@code text}. */
  public Optional<String> comment(String name) {
    for (String comment : comments) {
      int equals = comment.indexOf('=');
      if (equals > 0 && comment.substring(0, equals).strip().equals(name)) {
        return Optional.of(comment.substring(equals + 1).strip());
      }
    }
    return Optional.empty();
  }
}
