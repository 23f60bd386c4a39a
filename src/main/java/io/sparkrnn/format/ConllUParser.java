package io.sparkrnn.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Reads a CoNLL-U file sentence by sentence.
 *
 * <p>A word is a line of ten columns separated by tabs: ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL
 * DEPS MISC; a sentence ends with a blank line; comments begin with {@code #}. Words count 1, 2, 3…
 * Multiword ranges ({@code 1-2}) and empty nodes ({@code 8.1}) are no words and are skipped.
 *
 * <p>Reference: Universal Dependencies, <i>CoNLL-U format</i>, version 2.
 */
public final class ConllUParser implements Iterator<ConllUSentence>, Closeable {
  private static final int COLUMNS = 10;
  private static final Pattern RANGE_OR_EMPTY_NODE = Pattern.compile("\\d+-\\d+|\\d+\\.\\d+");

  private final NumberedLines lines;
  private Optional<ConllUSentence> ahead;
  private boolean started;
  private long sentences;

  /**
   * Prepares to read.
   *
   * @param file name of the file in error messages
   * @param in UTF-8 text; closed by {@link #close}
   */
  public ConllUParser(String file, InputStream in) {
    lines = new NumberedLines(file, in);
    ahead = Optional.empty();
  }

  /**
   * Whether there is another sentence.
   *
   * @throws io.sparkrnn.error.DataException if it is wrong, with its line and column
   */
  @Override
  public boolean hasNext() {
    if (!started) {
      started = true;
      ahead = parse();
    }
    return ahead.isPresent();
  }

  /**
   * The next sentence.
   *
   * @throws io.sparkrnn.error.DataException if it is wrong, with its line and column
   */
  @Override
  public ConllUSentence next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ConllUSentence result = ahead.orElseThrow();
    started = false;
    return result;
  }

  private Optional<ConllUSentence> parse() {
    List<String> comments = new ArrayList<>();
    List<ConllUToken> tokens = new ArrayList<>();
    long firstLine = 0;
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      String text = line.get();
      if (text.startsWith("#")) {
        comments.add(text.substring(1).strip());
      } else if (!text.isBlank()) {
        if (tokens.isEmpty()) {
          firstLine = lines.number();
        }
        token(text, tokens.size() + 1).ifPresent(tokens::add);
      } else if (tokens.isEmpty()) {
        comments.clear();
      } else {
        break;
      }
    }
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    checkHeads(tokens);
    sentences++;
    return Optional.of(new ConllUSentence(sentences, firstLine, comments, tokens));
  }

  private Optional<ConllUToken> token(String text, int expectedId) {
    String[] columns = text.split("\t", -1);
    if (columns.length != COLUMNS) {
      throw lines.failure(
          "expected 10 columns separated by tabs, or a blank line, found " + columns.length);
    }
    for (int i = 0; i < columns.length; i++) {
      if (columns[i].isEmpty()) {
        throw lines.failure(
            "column " + (i + 1) + ": expected a value, or _ if there is none, found nothing");
      }
    }
    if (RANGE_OR_EMPTY_NODE.matcher(columns[0]).matches()) {
      return Optional.empty();
    }
    if (!columns[0].equals(Integer.toString(expectedId))) {
      throw lines.failure(
          "column 1 (ID): expected " + expectedId + ", found \"" + columns[0] + "\"");
    }
    return Optional.of(
        new ConllUToken(
            columns[1],
            columns[2],
            columns[3],
            columns[4],
            columns[5],
            head(columns[6]),
            columns[7]));
  }

  private OptionalInt head(String column) {
    if (column.equals("_")) {
      return OptionalInt.empty();
    }
    if (!column.matches("\\d{1,9}")) {
      throw lines.failure(
          "column 7 (HEAD): expected the number of a word, 0 or _, found \"" + column + "\"");
    }
    return OptionalInt.of(Integer.parseInt(column));
  }

  private void checkHeads(List<ConllUToken> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      OptionalInt head = tokens.get(i).head();
      if (head.isPresent() && head.getAsInt() > tokens.size()) {
        throw lines.failure(
            "in the sentence that ends here, word "
                + (i + 1)
                + ", column 7 (HEAD): expected at most "
                + tokens.size()
                + ", the number of its words, found "
                + head.getAsInt());
      }
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
