package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a token is looked up: the token itself, its lower case, its first or last characters
 * (code points, in lower case), or its shape (Xx9- with runs cut to two).
 *
 * @param name as in {@code features.tokenViews}
 */
public record TokenView(String name) implements Serializable {

  private static final Pattern NAMES =
      Pattern.compile("form|lower|shape|(?<affix>prefix|suffix)(?<length>[1-9])");

  /** Accepts known names only. */
  public TokenView {
    if (!exists(name)) {
      throw new ConfigurationException(
          "features.tokenViews: expected form, lower, shape, prefix1 … or suffix1 …, found "
              + name);
    }
  }

  /** Whether there is a view of this name. */
  public static boolean exists(String name) {
    return NAMES.matcher(name).matches();
  }

  /** The view of a token. */
  public String of(String token) {
    Matcher matcher = NAMES.matcher(name);
    if (matcher.matches() && matcher.group("affix") != null) {
      return affix(
          token.toLowerCase(Locale.ROOT),
          Integer.parseInt(matcher.group("length")),
          matcher.group("affix").equals("prefix"));
    }
    return switch (name) {
      case "lower" -> token.toLowerCase(Locale.ROOT);
      case "shape" -> shape(token);
      default -> token;
    };
  }

  private static String affix(String token, int length, boolean prefix) {
    int points = token.codePointCount(0, token.length());
    if (points <= length) {
      return token;
    }
    return prefix
        ? token.substring(0, token.offsetByCodePoints(0, length))
        : token.substring(token.offsetByCodePoints(token.length(), -length));
  }

  private static String shape(String token) {
    StringBuilder shape = new StringBuilder();
    token
        .codePoints()
        .forEach(
            point -> {
              char kind = kind(point);
              int size = shape.length();
              boolean third =
                  size > 1 && shape.charAt(size - 1) == kind && shape.charAt(size - 2) == kind;
              if (!third) {
                shape.append(kind);
              }
            });
    return shape.toString();
  }

  private static char kind(int point) {
    if (Character.isUpperCase(point)) {
      return 'X';
    }
    if (Character.isLetter(point)) {
      return 'x';
    }
    if (Character.isDigit(point)) {
      return '9';
    }
    return point < 128 ? (char) point : '?';
  }
}
