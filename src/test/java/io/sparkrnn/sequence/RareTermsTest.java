package io.sparkrnn.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The terms counted once come last in a vocabulary, and it knows where they begin. */
class RareTermsTest {
  private static final Map<String, Long> COUNTS = Map.of("b", 1L, "the", 9L, "a", 1L, "of", 2L);

  @Test
  void theyBeginAfterTheLastTermCountedTwice() {
    Vocabulary vocabulary = Vocabulary.ofCounts(COUNTS, 1);
    assertThat(vocabulary.knownTerms()).containsExactly("the", "of", "a", "b");
    assertThat(vocabulary.rareFrom()).isEqualTo(vocabulary.id("a")).isEqualTo(3);
  }

  @Test
  void thereAreNoneWhereTheyAreUnknownOrCountsAre() {
    assertThat(Vocabulary.ofCounts(COUNTS, 2).rareFrom()).isEqualTo(3);
    assertThat(Vocabulary.ofCounts(COUNTS, 2).size()).isEqualTo(3);
    assertThat(new Vocabulary(List.of("x", "y")).rareFrom()).isEqualTo(3);
  }

  @Test
  void theyBeginWithinTheVocabulary() {
    assertThat(new Vocabulary(List.of("x", "y"), 1).rareFrom()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new Vocabulary(List.of("x", "y"), 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Vocabulary(List.of("x", "y"), 4))
        .withMessageContaining("from 1 to 3, found 4");
  }
}
