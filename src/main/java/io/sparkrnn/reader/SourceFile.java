package io.sparkrnn.reader;

import java.io.Serializable;

/**
 * A file to read.
 *
 * @param path its whole address, such as {@code hdfs://host/folder/train.ts}
 */
record SourceFile(String path) implements Serializable {
  private static final int ID_DIGITS = 7;

  /** Its name alone. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Its address for a message: a local file without the scheme. */
  String shown() {
    return path.startsWith("file:") ? path.substring("file:".length()) : path;
  }

  /** Id of its item of that number; ids sort as the numbers do. */
  String id(long number) {
    return numbered(name(), number);
  }

  /** {@code name#0000012}: sorts by name, then by number. */
  static String numbered(String name, long number) {
    String digits = Long.toString(number);
    return name + "#" + "0".repeat(Math.max(0, ID_DIGITS - digits.length())) + digits;
  }
}
