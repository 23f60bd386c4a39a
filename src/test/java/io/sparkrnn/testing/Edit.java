package io.sparkrnn.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * One small damage to bytes or to lines of text. The numbers say which, where and with what, modulo
 * what there is, so that jqwik can make a list of them smaller and smaller.
 *
 * @param kind of damage
 * @param where it begins
 * @param what is put there, or how much of it
 */
public record Edit(int kind, int where, int what) {

  /** Values that few settings and few data are prepared for. */
  public static final List<String> EXTREMES =
      List.of(
          "-1",
          "0",
          "1",
          "2",
          "NaN",
          "-Infinity",
          "1e308",
          "1e999",
          "-1e-320",
          "2147483647",
          "2147483648",
          "-2147483649",
          "9223372036854775808",
          "99999999999999999999999",
          "0x10",
          "1.5",
          "\"\"",
          "\" \"",
          "null",
          "true",
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "[0]",
          "[1, -1]",
          "[2147483647]",
          "{ a = 1 }",
          "[1, a]",
          "lstm",
          "java.lang.Runtime",
          "../../x",
          "/",
          ".",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "hdfs://nowhere/x",
          "s3a://x",
          "file:///",
          "a:b:c",
          "*",
          "${NOT_SET}",
          "${?NOT_SET}",
          "${training}",
          "ünïcödé",
          "%s%n%d",
          "'; DROP TABLE x; --");

  private static final int RANGE = 1 << 20;
  private static final int KINDS = 9;

  /** One to {@code most} of them. */
  public static Arbitrary<List<Edit>> lists(int most) {
    Arbitrary<Integer> numbers = Arbitraries.integers().between(0, RANGE).withoutEdgeCases();
    return Combinators.combine(numbers, numbers, numbers)
        .as(Edit::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(most);
  }

  /** The bytes with all these damages. */
  public static byte[] bytes(byte[] whole, List<Edit> edits) {
    byte[] damaged = whole;
    for (Edit edit : edits) {
      damaged = edit.of(damaged);
    }
    return damaged;
  }

  /** An element of a list. */
  public <T> T among(List<T> list) {
    return list.get(what % list.size());
  }

  private byte[] of(byte[] bytes) {
    int at = where % (bytes.length + 1);
    int some = 1 + what % 48;
    int end = Math.min(bytes.length, at + some);
    return switch (kind % KINDS) {
      case 0 -> spliced(bytes, at, Math.min(bytes.length, at + 1), new byte[] {(byte) what});
      case 1 -> spliced(bytes, at, end, new byte[0]);
      case 2 -> Arrays.copyOf(bytes, at);
      case 3 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
      case 4 -> spliced(bytes, at, end, new byte[end - at]);
      case 5 -> spliced(bytes, at, at, new byte[] {(byte) 0xFF, (byte) 0xFE, (byte) what});
      case 6 -> spliced(bytes, at, at, "\n,\t:\"{}[]();#@\r _".substring(what % 17, what % 17 + 1));
      case 7 -> number(bytes, at);
      default -> spliced(bytes, at, at, among(EXTREMES));
    };
  }

  /** Puts an extreme in the place of the next number. */
  private byte[] number(byte[] bytes, int at) {
    int from = at;
    while (from < bytes.length && !isDigit(bytes[from])) {
      from++;
    }
    int to = from;
    while (to < bytes.length && (isDigit(bytes[to]) || bytes[to] == '.')) {
      to++;
    }
    return spliced(bytes, from, to, among(EXTREMES));
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  private static byte[] spliced(byte[] bytes, int from, int to, String text) {
    return spliced(bytes, from, to, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(between);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }

  /**
   * Lines of a job file with all these damages.
   *
   * @param keys that a line may be about
   */
  public static List<String> lines(List<String> whole, List<String> keys, List<Edit> edits) {
    List<String> lines = new ArrayList<>(whole);
    for (Edit edit : edits) {
      edit.of(lines, keys);
    }
    return lines;
  }

  private void of(List<String> lines, List<String> keys) {
    if (lines.isEmpty()) {
      lines.add("");
    }
    int at = where % lines.size();
    String line = lines.get(at);
    switch (kind % 14) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, line);
      case 2, 3, 4, 5 -> lines.add(keys.get(where % keys.size()) + " = " + among(EXTREMES));
      case 6, 7 -> lines.set(at, valued(line));
      case 8 -> lines.set(at, renamed(line, keys));
      case 9, 10 -> lines.set(at, text(line));
      case 11 ->
          lines.add(
              at,
              among(
                  List.of(
                      "include \"job.conf\"",
                      "include \"absent.conf\"",
                      "include url(\"http://localhost:1/x\")",
                      "include file(\"/etc/hostname\")",
                      "include classpath(\"reference.conf\")",
                      "include required(\"../../x\")",
                      "include \"a:b\"",
                      "include 7",
                      "x += 1",
                      "training += 1",
                      "training = ${training} { epochs = 1 }",
                      "}",
                      "]",
                      "\"",
                      "\u0000")));
      case 12 -> lines.add(at, keys.get(where % keys.size()) + " { " + line + " }");
      default -> lines.subList(at, lines.size()).clear();
    }
  }

  private String valued(String line) {
    int equals = line.indexOf('=');
    return line.substring(0, equals + 1) + " " + among(EXTREMES);
  }

  private String renamed(String line, List<String> keys) {
    int equals = Math.max(0, line.indexOf('='));
    return keys.get(what % keys.size()) + line.substring(equals);
  }

  private String text(String line) {
    byte[] damaged = new Edit(what, where, what / KINDS).of(line.getBytes(StandardCharsets.UTF_8));
    return new String(damaged, StandardCharsets.UTF_8);
  }
}
