package io.sparkrnn.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ids begin with the unknown term; frequent terms come first, whatever the order of counting. */
class VocabularyTest {

  @Test
  void idsFollowTheKnownTermsAndZeroIsUnknown() {
    Vocabulary vocabulary = new Vocabulary(List.of("the", "", "Größe"));
    assertThat(vocabulary.size()).isEqualTo(4);
    assertThat(vocabulary.id("the")).isEqualTo(1);
    assertThat(vocabulary.id("")).isEqualTo(2);
    assertThat(vocabulary.id("nowhere")).isZero();
    assertThat(vocabulary.known("Größe")).hasValue(3);
    assertThat(vocabulary.known("nowhere")).isEmpty();
    assertThat(vocabulary.known(Vocabulary.UNKNOWN)).isEmpty();
    assertThat(vocabulary.term(0)).isEqualTo(Vocabulary.UNKNOWN);
    assertThat(vocabulary.term(3)).isEqualTo("Größe");
    assertThat(vocabulary.knownTerms()).containsExactly("the", "", "Größe");
  }

  @Test
  void countsOrderByFrequencyThenText() {
    Map<String, Long> counts = Map.of("b", 3L, "a", 3L, "rare", 1L, "z", 9L, "twice", 2L);
    assertThat(Vocabulary.ofCounts(counts, 2).knownTerms()).containsExactly("z", "a", "b", "twice");
    assertThat(Vocabulary.ofCounts(counts, 1).size()).isEqualTo(6);
    assertThat(Vocabulary.ofCounts(counts, 10).size()).isEqualTo(1);
  }

  @Test
  void aTermTwiceIsRefused() {
    assertThatThrownBy(() -> new Vocabulary(List.of("a", "b", "a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("term twice in a vocabulary: a");
  }
}
