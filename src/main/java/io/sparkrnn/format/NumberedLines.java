package io.sparkrnn.format;

import io.sparkrnn.error.DataException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The lines of a UTF-8 stream, counted from 1. A line ends with {@code \n} or {@code \r\n}; a byte
 * order mark at the start is dropped. Bytes that are not UTF-8 are refused with the line they stand
 * in, never replaced.
 */
public final class NumberedLines implements Closeable {
  private static final int FIRST_CAPACITY = 1024;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String file;
  private final InputStream in;
  private byte[] bytes = new byte[FIRST_CAPACITY];
  private long number;

  /** Reads {@code in} to its end; {@code file} is the name in error messages. */
  public NumberedLines(String file, InputStream in) {
    this.file = file;
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /**
   * The next line without its line break, or empty at the end.
   *
   * @throws DataException if the line is not UTF-8, or the stream cannot be read
   */
  public Optional<String> next() {
    int length = readLine();
    if (length < 0) {
      return Optional.empty();
    }
    number++;
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    try {
      String line =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
      return Optional.of(
          number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line);
    } catch (CharacterCodingException e) {
      throw new DataException(
          place() + ": expected UTF-8 text, found other bytes; convert the file to UTF-8", e);
    }
  }

  /** Fills {@link #bytes} up to the next line feed and returns their count, or -1 at the end. */
  private int readLine() {
    try {
      int length = 0;
      int next = in.read();
      if (next < 0) {
        return -1;
      }
      while (next >= 0 && next != '\n') {
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) next;
        next = in.read();
      }
      return length;
    } catch (IOException e) {
      throw new DataException(
          file
              + ", after line "
              + number
              + ": the file cannot be read on ("
              + e.getMessage()
              + "); is it whole, and does its suffix tell its compression?",
          e);
    }
  }

  /** Number of the line last returned, from 1; 0 before the first. */
  public long number() {
    return number;
  }

  /** Where the line last returned stands: {@code names.txt, line 12}. */
  public String place() {
    return file + ", line " + number;
  }

  /** Name of the file, as given. */
  public String file() {
    return file;
  }

  /** A failure at the line last returned. */
  public DataException failure(String expectedFoundRemedy) {
    return new DataException(place() + ": " + expectedFoundRemedy);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
