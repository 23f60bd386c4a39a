package io.sparkrnn.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens one behind the other are the text, character by character or word by word. */
class TokensTest {
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "Don't  stop,\n\n now!\t– é😀 naïve3.14",
          " leading and trailing ",
          "ﬁn du monde… «œuvre»\r\n");

  @Test
  void nothingOfATextIsLost() {
    for (String kind : List.of(Tokens.CHARACTERS, Tokens.WORDS)) {
      Tokens tokens = new Tokens(kind);
      for (String text : TEXTS) {
        List<String> found = tokens.of(text);
        assertThat(String.join(tokens.separator(), found)).isEqualTo(text);
        assertThat(found.stream().mapToInt(tokens::characters).sum())
            .isEqualTo(text.codePointCount(0, text.length()));
      }
    }
  }

  @Test
  void aWordHasTheBlankBeforeIt() {
    assertThat(new Tokens(Tokens.WORDS).of("Don't  stop,\nnow"))
        .containsExactly("Don't", " ", " stop", ",", "\n", "now");
    assertThat(new Tokens(Tokens.CHARACTERS).of("é😀")).containsExactly("é", "😀");
    assertThat(new Tokens(Tokens.GIVEN).of(" a  b ")).containsExactly("a", "b");
  }

  @Test
  void anUnknownKindIsRefused() {
    assertThatThrownBy(() -> new Tokens("sentences"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("characters");
  }
}
