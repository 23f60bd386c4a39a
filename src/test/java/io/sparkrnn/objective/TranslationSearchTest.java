package io.sparkrnn.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.network.DecoderSettings;
import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.OracleGruCell;
import io.sparkrnn.oracle.OracleLayer;
import io.sparkrnn.oracle.OracleRecurrent;
import io.sparkrnn.oracle.OracleStack;
import io.sparkrnn.oracle.OracleTranslator;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.ParameterTensors;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.search.Hypothesis;
import io.sparkrnn.search.SearchSettings;
import io.sparkrnn.sequence.PairBatch;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.testing.Pairs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A decoder that says what it finds step by step gives the probabilities of its equations, and an
 * exhaustive beam the best of all outputs, for many sources of unequal length at once.
 */
class TranslationSearchTest {
  private static final int LONGEST = 3;

  @ParameterizedTest
  @CsvSource({"none,false", "additive,false", "additive,true", "multiplicative,true"})
  void anExhaustiveBeamFindsTheBestOfAllOutputs(String attention, boolean fed) {
    DecoderSettings decoder = new DecoderSettings(List.of(), attention, 3, fed, 2, false, 0, 0);
    TranslationDescription description =
        Pairs.description(
            decoder,
            0,
            new SearchSettings(100, 4, 0, LONGEST),
            "network.cell",
            "gru",
            "network.hiddenSizes",
            List.of(3));
    Translation translation = description.translation();
    Parameters parameters =
        new Parameters(translation.layout(), new float[translation.layout().size()]);
    ParameterTensors.randomize(parameters, 1.5, new Random(12));
    Pass pass =
        new Pass(parameters, Gradient.none(translation.layout()), Backend.gemm(Backend.JAVA));
    pass.begin(Pass.Mode.INFERENCE, RandomKey.ofSeed(0));
    Pairs pairs = Pairs.of(3, new int[] {2, 1}, new int[] {5, 1}, new int[] {1, 1});
    SequenceBatch joint = pairs.joint();
    PairBatch pair = translation.pair(joint);
    List<List<Hypothesis>> found = translation.search(pair.source(), pass);

    OracleLayer gru = new OracleStack(new OracleRecurrent(new OracleGruCell()));
    OracleTranslator oracle =
        new OracleTranslator(
            gru, gru, new int[0][], attention, fed, 0, "embedding.word.E", "embedding.target.E");
    NamedTensors tensors = ParameterTensors.of(parameters);
    for (int rank = 0; rank < 3; rank++) {
      int[] source = pairs.sources().get(pair.positionOf(rank, joint));
      List<Hypothesis> all = new ArrayList<>();
      enumerate(oracle, tensors, source, List.of(), all);
      all.sort(Comparator.comparingDouble(Hypothesis::score).reversed());
      assertThat(all).hasSize(1 + 3 + 9 + 27);
      for (int i = 0; i < 4; i++) {
        assertThat(found.get(rank).get(i).tokens()).isEqualTo(all.get(i).tokens());
        assertThat(found.get(rank).get(i).logProbability())
            .isEqualTo(all.get(i).logProbability(), within(2e-5));
      }
    }
  }

  private static void enumerate(
      OracleTranslator oracle,
      NamedTensors tensors,
      int[] source,
      List<Integer> said,
      List<Hypothesis> all) {
    int[] target = said.stream().mapToInt(Integer::intValue).toArray();
    double logProbability = -oracle.loss(tensors, source, target, Pairs.BOUNDARY);
    all.add(new Hypothesis(said, logProbability, logProbability));
    if (said.size() < LONGEST) {
      for (int token = 1; token < Pairs.BOUNDARY; token++) {
        List<Integer> longer = new ArrayList<>(said);
        longer.add(token);
        enumerate(oracle, tensors, source, longer, all);
      }
    }
  }
}
