package io.sparkrnn.setting;

import java.lang.reflect.Array;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A value written as the job file format reads it: JSON, on one line. */
final class Literal {
  private static final int LONGEST = 120;

  private Literal() {}

  static String of(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Literal::of).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value != null && value.getClass().isArray()) {
      return of(
          IntStream.range(0, Array.getLength(value))
              .mapToObj(index -> Array.get(value, index))
              .toList());
    }
    if (value instanceof Number || value instanceof Boolean || value == null) {
      return String.valueOf(value);
    }
    return quoted(value.toString());
  }

  /** For a message: a map is only named, and what is very long is cut. */
  static String shortened(Object value) {
    String text = value instanceof Map<?, ?> ? "a block of keys" : of(value);
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < ' ') {
            quoted.append(String.format("\\u%04x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
