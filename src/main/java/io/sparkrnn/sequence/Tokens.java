package io.sparkrnn.sequence;

import io.sparkrnn.error.ConfigurationException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a text is made of tokens, without loss: the text is its tokens one behind the other.
 *
 * <pre>
 * characters   Unicode code points
 * words        runs of letters, digits, apostrophes, or single other signs, each with the blank
 *              before it if there is one; other white space by itself
 * given        tokens come as they are; in text a blank stands between two of them
 * </pre>
 *
 * @param kind characters, words or given
 */
public record Tokens(String kind) implements Serializable {

  /** Unicode code points. */
  public static final String CHARACTERS = "characters";

  /** Words, each with the blank before it. */
  public static final String WORDS = "words";

  /** Arrays of tokens. */
  public static final String GIVEN = "given";

  /** All kinds. */
  public static final List<String> KINDS = List.of(CHARACTERS, WORDS, GIVEN);

  private static final Pattern WORD =
      Pattern.compile(" ?[\\p{L}\\p{M}\\p{N}'\u2019]+| ?[^\\s\\p{L}\\p{M}\\p{N}'\u2019]|\\s");

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** Checks the name. */
  public Tokens {
    if (!KINDS.contains(kind)) {
      throw new ConfigurationException(
          "language.tokens: expected one of %s, found %s".formatted(KINDS, kind));
    }
  }

  /** Whether documents are arrays of tokens and not texts. */
  public boolean given() {
    return kind.equals(GIVEN);
  }

  /** The tokens of a text. */
  public List<String> of(String text) {
    List<String> tokens = new ArrayList<>();
    switch (kind) {
      case CHARACTERS -> text.codePoints().forEach(point -> tokens.add(Character.toString(point)));
      case WORDS -> {
        Matcher words = WORD.matcher(text);
        while (words.find()) {
          tokens.add(words.group());
        }
      }
      default -> BLANKS.splitAsStream(text).filter(part -> !part.isEmpty()).forEach(tokens::add);
    }
    return tokens;
  }

  /** What stands between two tokens of a text. */
  public String separator() {
    return given() ? " " : "";
  }

  /** Characters of text that a token stands for, with what separates it from the next one. */
  public int characters(String token) {
    return token.codePointCount(0, token.length()) + separator().length();
  }
}
