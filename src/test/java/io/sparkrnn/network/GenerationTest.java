package io.sparkrnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.math.JavaGemm;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.RandomStream;
import io.sparkrnn.math.Rows;
import io.sparkrnn.testing.TestSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tokens are drawn as often as their probabilities say, from those that top-k and top-p leave; a
 * sequence is the same whether it is drawn alone or among others, and continuing what was drawn
 * gives what an unbroken drawing would.
 */
class GenerationTest {
  private static final double[] P = {0.1, 0.4, 0.05, 0.3, 0.15};
  private static final int DRAWS = 20_000;
  private static final int VOCABULARY = 9;

  @Test
  void tokensAreDrawnAsOftenAsTheirProbabilitiesSay() {
    assertShares(Sampling.ofTemperature(1), P);
  }

  @Test
  void temperatureRaisesProbabilitiesToItsInverse() {
    double[] squared = Arrays.stream(P).map(p -> p * p).toArray();
    double sum = Arrays.stream(squared).sum();
    assertShares(Sampling.ofTemperature(0.5), Arrays.stream(squared).map(p -> p / sum).toArray());
    assertShares(Sampling.ofTemperature(0), new double[] {0, 1, 0, 0, 0});
  }

  @Test
  void topKKeepsTheMostLikely() {
    assertShares(new Sampling(1, 2, 1), new double[] {0, 4 / 7.0, 0, 3 / 7.0, 0});
    assertShares(new Sampling(1, 1, 1), new double[] {0, 1, 0, 0, 0});
    assertShares(new Sampling(1, 99, 1), P);
  }

  @Test
  void topPKeepsTheFewestThatReachTheShare() {
    assertShares(new Sampling(1, 0, 0.69), new double[] {0, 4 / 7.0, 0, 3 / 7.0, 0});
    assertShares(new Sampling(1, 0, 0.71), new double[] {0, 8 / 17.0, 0, 6 / 17.0, 3 / 17.0});
    assertShares(new Sampling(1, 0, 0.01), new double[] {0, 1, 0, 0, 0});
    assertShares(new Sampling(1, 3, 0.5), new double[] {0, 4 / 7.0, 0, 3 / 7.0, 0});
  }

  @Test
  void impossibleSamplingIsRefused() {
    assertThatThrownBy(() -> new Sampling(-1, 0, 1)).hasMessageContaining("temperature");
    assertThatThrownBy(() -> new Sampling(1, 0, 0)).hasMessageContaining("topP");
    assertThatThrownBy(() -> new Sampling(Double.NaN, 0, 1)).hasMessageContaining("NaN");
  }

  @Test
  void aSequenceIsTheSameAloneAndAmongOthers() {
    List<int[]> beginnings = List.of(new int[] {3}, new int[] {1, 2, 3, 4}, new int[] {5, 5});
    List<List<Integer>> together = generate(beginnings, 30, 1, -1);
    assertThat(together.get(0)).hasSize(30).doesNotContain(0);
    assertThat(generate(beginnings.subList(0, 1), 30, 1, -1).get(0)).isEqualTo(together.get(0));
    assertThat(generate(beginnings, 30, 1, -1)).isEqualTo(together);
    assertThat(generate(beginnings, 30, 2, -1)).isNotEqualTo(together);
  }

  @Test
  void aSequenceThatEndsLeavesTheOthersAsTheyAre() {
    List<int[]> beginnings = List.of(new int[] {3}, new int[] {1, 2, 3, 4}, new int[] {5, 5});
    List<List<Integer>> unstopped = generate(beginnings, 40, 1, -1);
    int stop = unstopped.get(1).get(4);
    List<List<Integer>> stopped = generate(beginnings, 40, 1, stop);
    for (int s = 0; s < 3; s++) {
      int at = unstopped.get(s).indexOf(stop);
      List<Integer> expected = at < 0 ? unstopped.get(s) : unstopped.get(s).subList(0, at + 1);
      assertThat(stopped.get(s)).isEqualTo(expected);
    }
  }

  @Test
  void theMostLikelyContinuationGoesOnFromItsOwnBeginning() {
    List<int[]> beginning = List.of(new int[] {4, 2});
    List<Integer> whole = new ArrayList<>();
    List<Integer> rest = new ArrayList<>();
    try (TokenGenerator generator = generator()) {
      Sampling greedy = Sampling.ofTemperature(0);
      generator.generate(beginning, 12, greedy, RandomKey.ofSeed(1), (s, id) -> whole.add(id));
      int[] longer = {4, 2, whole.get(0), whole.get(1), whole.get(2)};
      generator.generate(List.of(longer), 9, greedy, RandomKey.ofSeed(2), (s, id) -> rest.add(id));
    }
    assertThat(rest).isEqualTo(whole.subList(3, 12));
  }

  private static List<List<Integer>> generate(
      List<int[]> beginnings, int length, long seed, int stop) {
    List<List<Integer>> drawn = new ArrayList<>();
    beginnings.forEach(beginning -> drawn.add(new ArrayList<>()));
    try (TokenGenerator generator = generator()) {
      generator.generate(
          beginnings,
          length,
          Sampling.ofTemperature(1),
          RandomKey.ofSeed(seed),
          (sequence, token) -> {
            drawn.get(sequence).add(token);
            return token != stop;
          });
    }
    return drawn;
  }

  private static TokenGenerator generator() {
    LanguageNetwork network =
        new LanguageDescription(
                VOCABULARY,
                VOCABULARY,
                TestSettings.network(
                    "network.hiddenSizes", List.of(8, 6), "network.embeddingSizes", List.of(5)),
                new SoftmaxSettings("full", 1, List.of(), false))
            .build();
    float[] parameters = network.layout().initialize(RandomKey.ofSeed(4));
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] *= 3f;
    }
    return new TokenGenerator(network, parameters, new int[] {0}, new JavaGemm());
  }

  private static void assertShares(Sampling sampling, double[] expected) {
    Rows logP = Rows.zeros(2, P.length);
    for (int id = 0; id < P.length; id++) {
      logP.set(0, id, Float.NEGATIVE_INFINITY);
      logP.set(1, id, (float) Math.log(P[id]));
    }
    logP.set(0, 3, 0f);
    RandomStream random = RandomKey.ofSeed(8).stream();
    assertThat(sampling.choose(logP, 0, random)).isEqualTo(3);
    int[] drawn = new int[P.length];
    for (int i = 0; i < DRAWS; i++) {
      drawn[sampling.choose(logP, 1, random)]++;
    }
    for (int id = 0; id < P.length; id++) {
      assertThat((double) drawn[id] / DRAWS).isCloseTo(expected[id], within(0.015));
      if (expected[id] == 0) {
        assertThat(drawn[id]).isZero();
      }
    }
  }
}
