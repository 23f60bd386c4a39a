package io.sparkrnn.format;

import io.sparkrnn.error.DataException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Reads comma-separated text (or another separator) whose first line names the columns, row by row.
 *
 * <p>A field may stand in double quotes, in which the separator is text and two quotes are one; a
 * field does not span lines. Blanks around unquoted fields and blank lines are dropped. Every row
 * has as many fields as the header. Reference: RFC 4180, without line breaks in fields.
 */
public final class DelimitedTextParser implements Iterator<List<String>>, Closeable {
  private final NumberedLines lines;
  private final char separator;
  private final List<String> header;
  private Optional<String> ahead;
  private long line;

  /**
   * Reads the header.
   *
   * @param file name of the file in error messages
   * @param in UTF-8 text; closed by {@link #close}
   * @param separator the character between fields
   * @throws DataException if there is no header, or two columns share a name
   */
  public DelimitedTextParser(String file, InputStream in, char separator) {
    this.lines = new NumberedLines(file, in);
    this.separator = separator;
    Optional<String> first = nextLine();
    if (first.isEmpty()) {
      throw new DataException(
          file + ": expected a first line with the names of the columns, found an empty file");
    }
    header = List.copyOf(fields(first.get()));
    if (header.stream().distinct().count() < header.size()) {
      throw lines.failure("expected columns of different names, found " + header);
    }
    ahead = nextLine();
  }

  /** Names of the columns. */
  public List<String> header() {
    return header;
  }

  /**
   * Position of a column, from 0.
   *
   * @throws DataException if there is none of that name
   */
  public int column(String name) {
    int column = header.indexOf(name);
    if (column < 0) {
      throw new DataException(
          lines.file() + ": expected a column \"" + name + "\", found the columns " + header);
    }
    return column;
  }

  @Override
  public boolean hasNext() {
    return ahead.isPresent();
  }

  /**
   * The fields of the next row.
   *
   * @throws DataException if their number is not that of the header, or a quote stays open
   */
  @Override
  public List<String> next() {
    List<String> fields = fields(ahead.orElseThrow(NoSuchElementException::new));
    if (fields.size() != header.size()) {
      throw lines.failure(
          "expected " + header.size() + " columns as in the header, found " + fields.size());
    }
    line = lines.number();
    ahead = nextLine();
    return fields;
  }

  /** Number of the line of the row last returned, from 1. */
  public long line() {
    return line;
  }

  private Optional<String> nextLine() {
    Optional<String> next = lines.next();
    while (next.isPresent() && next.get().isBlank()) {
      next = lines.next();
    }
    return next;
  }

  private List<String> fields(String text) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (at <= text.length()) {
      int start = skipBlanks(text, at);
      if (start < text.length() && text.charAt(start) == '"') {
        StringBuilder field = new StringBuilder();
        at = skipBlanks(text, quoted(text, start + 1, field));
        if (at < text.length() && text.charAt(at) != separator) {
          throw lines.failure(
              "expected the separator after a closing quote, found \"" + text + "\"");
        }
        fields.add(field.toString());
      } else {
        int end = text.indexOf(separator, at);
        end = end < 0 ? text.length() : end;
        fields.add(text.substring(at, end).strip());
        at = end;
      }
      at++;
    }
    return fields;
  }

  private int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ' && separator != ' ') {
      at++;
    }
    return at;
  }

  /** Appends the text up to the closing quote and returns the position after it. */
  private int quoted(String text, int from, StringBuilder field) {
    for (int at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != '"') {
        field.append(c);
      } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
        field.append('"');
        at++;
      } else {
        return at + 1;
      }
    }
    throw lines.failure("expected a closing quote in the same line, found \"" + text + "\"");
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
