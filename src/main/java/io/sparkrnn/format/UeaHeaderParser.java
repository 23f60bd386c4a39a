package io.sparkrnn.format;

import io.sparkrnn.error.DataException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the lines of a {@code .ts} file up to and with {@code @data}. */
final class UeaHeaderParser {
  private static final Set<String> KNOWN =
      Set.of(
          "@problemname",
          "@timestamps",
          "@missing",
          "@univariate",
          "@dimension",
          "@dimensions",
          "@equallength",
          "@serieslength",
          "@classlabel",
          "@targetlabel");

  private final NumberedLines lines;
  private final Map<String, List<String>> given = new LinkedHashMap<>();

  UeaHeaderParser(NumberedLines lines) {
    this.lines = lines;
  }

  UeaHeader parse() {
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      String text = line.get().strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      List<String> words = List.of(text.split("\\s+"));
      String key = words.get(0).toLowerCase(Locale.ROOT);
      if (key.equals("@data")) {
        return header();
      }
      add(key, words);
    }
    throw new DataException(
        lines.file() + ": expected a line @data before the cases, found the end of the file");
  }

  private void add(String key, List<String> words) {
    if (!KNOWN.contains(key)) {
      throw lines.failure(
          "expected a header line (@problemName, @timeStamps, @missing, @univariate, @dimensions,"
              + " @equalLength, @seriesLength, @classLabel, @targetLabel) or @data, found \""
              + words.get(0)
              + "\"");
    }
    List<String> values = words.subList(1, words.size());
    if (values.isEmpty()) {
      throw lines.failure(words.get(0) + ": expected a value, found none");
    }
    String canonical = key.equals("@dimension") ? "@dimensions" : key;
    if (given.putIfAbsent(canonical, values) != null) {
      throw lines.failure(words.get(0) + ": expected once, found a second time");
    }
    switch (canonical) {
      case "@timestamps", "@missing", "@univariate", "@equallength", "@targetlabel" ->
          flag(canonical);
      case "@dimensions", "@serieslength" -> count(canonical);
      default -> {
        // The problem's name is free text, and classes are checked once all lines are known.
      }
    }
  }

  private UeaHeader header() {
    if (flag("@timestamps")) {
      throw lines.failure(
          "@timeStamps true: expected values alone, found values with time stamps; write the file"
              + " without them, or use the long format");
    }
    OptionalInt dimensions = count("@dimensions");
    if (flag("@univariate")) {
      if (dimensions.isPresent() && dimensions.getAsInt() != 1) {
        throw lines.failure(
            "@univariate true: expected @dimensions 1 or none, found " + dimensions.getAsInt());
      }
      dimensions = OptionalInt.of(1);
    }
    UeaHeader.Target target = target();
    return new UeaHeader(
        String.join(" ", given.getOrDefault("@problemname", List.of())),
        dimensions,
        flag("@equallength"),
        count("@serieslength"),
        target,
        target == UeaHeader.Target.CLASS ? labels() : List.of());
  }

  private UeaHeader.Target target() {
    List<String> classLabel = given.getOrDefault("@classlabel", List.of("false"));
    boolean isClass = truth("@classlabel", classLabel.get(0));
    boolean isValue = flag("@targetlabel");
    if (isClass && isValue) {
      throw lines.failure("expected @classLabel true or @targetLabel true, found both");
    }
    if (isClass) {
      return UeaHeader.Target.CLASS;
    }
    return isValue ? UeaHeader.Target.VALUE : UeaHeader.Target.NONE;
  }

  private List<String> labels() {
    List<String> words = given.getOrDefault("@classlabel", List.of());
    List<String> labels = words.subList(1, words.size());
    if (labels.isEmpty()) {
      throw lines.failure("@classLabel true: expected the classes after it, found none");
    }
    if (Set.copyOf(labels).size() < labels.size()) {
      throw lines.failure("@classLabel true: expected different classes, found " + labels);
    }
    return labels;
  }

  private boolean flag(String key) {
    return given.containsKey(key) && truth(key, given.get(key).get(0));
  }

  private boolean truth(String key, String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw lines.failure(key + ": expected true or false, found \"" + word + "\"");
    };
  }

  private OptionalInt count(String key) {
    if (!given.containsKey(key)) {
      return OptionalInt.empty();
    }
    String word = given.get(key).get(0);
    try {
      int count = Integer.parseInt(word);
      if (count >= 1) {
        return OptionalInt.of(count);
      }
    } catch (NumberFormatException e) {
      throw new DataException(countMessage(key, word), e);
    }
    throw new DataException(countMessage(key, word));
  }

  private String countMessage(String key, String word) {
    return lines.place() + ": " + key + ": expected a whole number from 1, found \"" + word + "\"";
  }
}
