package io.sparkrnn.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.math.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Search over a small model whose next token depends on all tokens before: a beam as wide as there
 * are beginnings finds what enumerating every sequence finds; a narrow one is greedy search, or
 * never gives a score that is not its sequence's; searches side by side do not see one another.
 */
class SearchTest {
  private static final int TOKENS = 4;
  private static final int BOUNDARY = 3;
  private static final int LIMIT = 4;

  /**
   * Log-probabilities drawn from a seed, a search and the tokens before. The state is a number that
   * names the tokens before. Token 0 may not be said.
   */
  private record Drawn(long seed) implements StepModel {
    @Override
    public int outputs() {
      return TOKENS;
    }

    @Override
    public int boundary() {
      return BOUNDARY;
    }

    @Override
    public boolean sayable(int token) {
      return token != 0;
    }

    @Override
    public int stateSize() {
      return 1;
    }

    @Override
    public void begin(int[] searches, Rows states) {
      states.fill(0f);
    }

    @Override
    public Rows step(int[] tokens, int[] searches, Rows previous, Rows next) {
      Rows scores = Rows.zeros(tokens.length, TOKENS);
      for (int row = 0; row < tokens.length; row++) {
        float state = previous.get(row, 0) * TOKENS + tokens[row] + 1;
        next.set(row, 0, state);
        float[] drawn = logProbabilities(searches[row], state);
        for (int c = 0; c < TOKENS; c++) {
          scores.set(row, c, drawn[c]);
        }
      }
      return scores;
    }

    float[] logProbabilities(int search, float state) {
      Random random = new Random(seed * 1_000_003 + search * 7919L + (long) state);
      random.nextDouble();
      double[] weights = random.doubles(TOKENS, 0.05, 1).toArray();
      double sum = weights[0] + weights[1] + weights[2] + weights[3];
      float[] drawn = new float[TOKENS];
      for (int c = 0; c < TOKENS; c++) {
        drawn[c] = (float) Math.log(weights[c] / sum);
      }
      return drawn;
    }

    double logProbability(int search, List<Integer> tokens) {
      float state = 0;
      int last = BOUNDARY;
      double sum = 0;
      for (int t = 0; t <= tokens.size(); t++) {
        state = state * TOKENS + last + 1;
        last = t < tokens.size() ? tokens.get(t) : BOUNDARY;
        sum += logProbabilities(search, state)[last];
      }
      return sum;
    }
  }

  private static void enumerate(
      Drawn model, int search, List<Integer> tokens, double penalty, List<Hypothesis> all) {
    double logProbability = model.logProbability(search, tokens);
    double divisor = Math.pow((5.0 + tokens.size() + 1) / 6.0, penalty);
    all.add(new Hypothesis(tokens, logProbability, logProbability / divisor));
    if (tokens.size() < LIMIT) {
      for (int token = 1; token < BOUNDARY; token++) {
        List<Integer> longer = new ArrayList<>(tokens);
        longer.add(token);
        enumerate(model, search, longer, penalty, all);
      }
    }
  }

  private static int[] limits(int searches) {
    int[] limits = new int[searches];
    Arrays.fill(limits, LIMIT);
    return limits;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.6, 1, 3})
  void aBeamAsWideAsThereAreBeginningsIsExact(double penalty) {
    for (long seed = 0; seed < 20; seed++) {
      Drawn model = new Drawn(seed);
      List<List<Hypothesis>> found =
          new BeamSearch(2 << LIMIT, 5, penalty).search(model, limits(3));
      for (int search = 0; search < 3; search++) {
        List<Hypothesis> all = new ArrayList<>();
        enumerate(model, search, List.of(), penalty, all);
        assertThat(all).hasSize((2 << LIMIT) - 1);
        all.sort(Comparator.comparingDouble(Hypothesis::score).reversed());
        assertThat(found.get(search)).hasSize(5);
        for (int i = 0; i < 5; i++) {
          assertThat(found.get(search).get(i).tokens()).isEqualTo(all.get(i).tokens());
          assertThat(found.get(search).get(i).score()).isEqualTo(all.get(i).score(), within(1e-5));
        }
      }
    }
  }

  @Test
  void aBeamOfOneIsGreedySearchAndGreedySearchSaysTheMostProbableToken() {
    int different = 0;
    for (long seed = 0; seed < 50; seed++) {
      Drawn model = new Drawn(seed);
      List<List<Hypothesis>> greedy = new GreedySearch().search(model, limits(4));
      List<List<Hypothesis>> beam = new BeamSearch(1, 1, 0).search(model, limits(4));
      List<List<Hypothesis>> wide = new BeamSearch(8, 1, 0).search(model, limits(4));
      for (int search = 0; search < 4; search++) {
        Hypothesis said = greedy.get(search).get(0);
        List<Integer> expected = mostProbable(model, search);
        assertThat(said.tokens()).isEqualTo(expected);
        assertThat(said.logProbability())
            .isEqualTo(model.logProbability(search, said.tokens()), within(1e-5));
        assertThat(wide.get(search).get(0).score()).isGreaterThanOrEqualTo(said.score() - 1e-6);
        // a beam of one goes on living beside what has ended, so it may find better, never worse
        assertThat(beam.get(search).get(0).score()).isGreaterThanOrEqualTo(said.score() - 1e-6);
        different += wide.get(search).get(0).tokens().equals(said.tokens()) ? 0 : 1;
      }
    }
    assertThat(different).as("greedy search is not exact").isPositive();
  }

  private static List<Integer> mostProbable(Drawn model, int search) {
    List<Integer> tokens = new ArrayList<>();
    float state = 0;
    int last = BOUNDARY;
    while (tokens.size() < LIMIT) {
      state = state * TOKENS + last + 1;
      float[] drawn = model.logProbabilities(search, state);
      last = 1;
      for (int c = 2; c < TOKENS; c++) {
        last = drawn[c] > drawn[last] ? c : last;
      }
      if (last == BOUNDARY) {
        break;
      }
      tokens.add(last);
    }
    return tokens;
  }

  @Test
  void searchesSideBySideAreThoseAlone() {
    Drawn model = new Drawn(3);
    BeamSearch search = new BeamSearch(3, 3, 0.5);
    List<List<Hypothesis>> together = search.search(model, new int[] {4, 1, 6, 2});
    // search 0 alone has the same number, so the same model
    assertThat(search.search(model, new int[] {4}).get(0)).isEqualTo(together.get(0));
    assertThat(together.get(1)).allMatch(found -> found.tokens().size() <= 1);
    for (int s = 0; s < 4; s++) {
      for (Hypothesis found : together.get(s)) {
        assertThat(found.logProbability())
            .isEqualTo(model.logProbability(s, found.tokens()), within(1e-5));
      }
      assertThat(together.get(s))
          .isSortedAccordingTo(Comparator.comparingDouble(Hypothesis::score).reversed());
    }
  }

  @Test
  void moreHypothesesThanABeamHoldsAreRefused() {
    assertThatThrownBy(() -> new SearchSettings(2, 3, 0, 0))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("search.best");
  }
}
