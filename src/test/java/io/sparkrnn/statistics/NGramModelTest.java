package io.sparkrnn.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Interpolated probabilities are those computed by hand, and add up to one after any context. */
class NGramModelTest {

  /** The tokens 0 1 0 1 0 2 of a vocabulary of 4. */
  private static final int[] TEXT = {0, 1, 0, 1, 0, 2};

  @Test
  void probabilitiesAreThoseComputedByHand() {
    NGramModel model = model(TEXT, 3, 4);
    double uniform = 0.25;
    double one = (2 + 3 * uniform) / (6 + 3); // c(1) = 2, three types in six tokens
    double two = (1 + 3 * uniform) / (6 + 3);
    double three = 3 * uniform / (6 + 3); // never seen
    assertThat(model.probability(new int[] {1}, 0, 3)).isCloseTo(one, within(1e-12));
    assertThat(model.probability(new int[] {3}, 0, 3)).isCloseTo(three, within(1e-12));
    // After 0: 1 twice, 2 once, so c = 3, T = 2.
    double oneAfterZero = (2 + 2 * one) / (3 + 2);
    double twoAfterZero = (1 + 2 * two) / (3 + 2);
    assertThat(model.probability(new int[] {0, 1}, 1, 2)).isCloseTo(oneAfterZero, within(1e-12));
    assertThat(model.probability(new int[] {0, 2}, 1, 2)).isCloseTo(twoAfterZero, within(1e-12));
    assertThat(model.probability(new int[] {0, 1}, 1, 1)).isCloseTo(one, within(1e-12));
    // After 1 0: 1 once, 2 once, so c = 2, T = 2.
    assertThat(model.probability(new int[] {1, 0, 2}, 2, 3))
        .isCloseTo((1 + 2 * twoAfterZero) / (2 + 2), within(1e-12));
    // After 3, which was never seen, as after nothing.
    assertThat(model.probability(new int[] {3, 1}, 1, 3)).isCloseTo(one, within(1e-12));
  }

  @Test
  void probabilitiesAddUpToOneAfterAnyContext() {
    Random random = new Random(1);
    int vocabulary = 7;
    NGramModel model = model(random.ints(400, 0, vocabulary - 1).toArray(), 4, vocabulary);
    for (int trial = 0; trial < 50; trial++) {
      int[] ids = random.ints(5, 0, vocabulary).toArray();
      for (int order = 1; order <= 4; order++) {
        double sum = 0;
        for (int id = 0; id < vocabulary; id++) {
          ids[4] = id;
          sum += model.probability(ids, 4, order);
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
      }
    }
  }

  private static NGramModel model(int[] text, int longest, int vocabulary) {
    Map<NGramModel.Gram, Long> counts = new HashMap<>();
    for (int at = 0; at < text.length; at++) {
      for (int n = 1; n <= Math.min(longest, at + 1); n++) {
        counts.merge(NGramModel.gram(text, at, n), 1L, Long::sum);
      }
    }
    return new NGramModel(counts, vocabulary);
  }
}
