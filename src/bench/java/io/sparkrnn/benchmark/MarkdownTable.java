package io.sparkrnn.benchmark;

import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows of text under a header. */
final class MarkdownTable {

  private final StringBuilder text = new StringBuilder();
  private final int width;

  MarkdownTable(String... header) {
    width = header.length;
    row((Object[]) header);
    row(Collections.nCopies(width, "---").toArray());
  }

  void row(Object... cells) {
    if (cells.length != width) {
      throw new IllegalArgumentException(
          "a row of %d cells in a table of %d columns".formatted(cells.length, width));
    }
    text.append(
        Stream.of(cells).map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
