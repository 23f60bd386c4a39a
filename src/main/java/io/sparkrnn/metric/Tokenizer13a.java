package io.sparkrnn.metric;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Cuts a text into tokens as NIST's mteval-v13a does and sacreBLEU by default: the four entities of
 * SGML are put back, punctuation and symbols of ASCII stand alone, a full stop or comma unless
 * between digits, and a hyphen after a digit.
 */
public final class Tokenizer13a {

  private static final Pattern SYMBOLS = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
  private static final Pattern STOP_AFTER_OTHER = Pattern.compile("([^0-9])([.,])");
  private static final Pattern STOP_BEFORE_OTHER = Pattern.compile("([.,])([^0-9])");
  private static final Pattern HYPHEN_AFTER_DIGIT = Pattern.compile("([0-9])(-)");
  private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  private Tokenizer13a() {}

  /** The tokens of a text. */
  public static List<String> tokens(String text) {
    String plain =
        text.replace("<skipped>", "")
            .replace("-\n", "")
            .replace('\n', ' ')
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">");
    String cut = SYMBOLS.matcher(" " + plain + " ").replaceAll(" $1 ");
    cut = STOP_AFTER_OTHER.matcher(cut).replaceAll("$1 $2 ");
    cut = STOP_BEFORE_OTHER.matcher(cut).replaceAll(" $1 $2");
    cut = HYPHEN_AFTER_DIGIT.matcher(cut).replaceAll("$1 $2 ");
    return Stream.of(BLANKS.split(cut)).filter(token -> !token.isEmpty()).toList();
  }
}
