package io.sparkrnn.objective;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.metric.LossSum;
import io.sparkrnn.network.DecoderSettings;
import io.sparkrnn.oracle.CentralDifferences;
import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.OracleBidirectional;
import io.sparkrnn.oracle.OracleGruCell;
import io.sparkrnn.oracle.OracleLayer;
import io.sparkrnn.oracle.OracleLstmCell;
import io.sparkrnn.oracle.OracleRecurrent;
import io.sparkrnn.oracle.OracleStack;
import io.sparkrnn.oracle.OracleTranslator;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.oracle.Vectors;
import io.sparkrnn.parameter.ParameterTensors;
import io.sparkrnn.search.SearchSettings;
import io.sparkrnn.testing.Pairs;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The loss and all gradients of an encoder–decoder are those of its equations in double precision:
 * with every attention, fed and not, from whole sequences and step by step, over encoders of one
 * and of both directions, decoders of other sizes and depths, separate and shared vocabularies,
 * several targets of one source, and ragged lengths down to an empty target.
 */
class TranslationGradientTest {
  private static final Tolerance TOLERANCE = new Tolerance(2e-5, 3e-6);
  private static final OracleLayer LSTM = new OracleRecurrent(new OracleLstmCell());
  private static final OracleLayer GRU = new OracleRecurrent(new OracleGruCell());

  private static final int[][] LENGTHS = {{4, 3}, {1, 0}, {3, 5, 2}, {5, 1}};

  private static DecoderSettings decoder(String attention, boolean fed, Integer... sizes) {
    return new DecoderSettings(List.of(sizes), attention, 3, fed, 2, false, 0, 0);
  }

  static Stream<Arguments> forms() {
    OracleLayer bothLstm = new OracleStack(new OracleBidirectional(new OracleLstmCell()));
    OracleLayer bothGrus =
        new OracleStack(
            new OracleBidirectional(new OracleGruCell()),
            new OracleBidirectional(new OracleGruCell()));
    return Stream.of("none", "additive", "multiplicative")
        .flatMap(attention -> Stream.of(true, false).map(fed -> Arguments.of(attention, fed)))
        .filter(form -> !form.get()[0].equals("none") || !(boolean) form.get()[1])
        .flatMap(
            form -> {
              String attention = (String) form.get()[0];
              boolean fed = (boolean) form.get()[1];
              return Stream.of(
                  Arguments.of(
                      decoder(attention, fed),
                      oracle(new OracleStack(LSTM), new OracleStack(LSTM), attention, fed, 0),
                      0.0,
                      new Object[] {"network.cell", "lstm", "network.hiddenSizes", List.of(3)}),
                  Arguments.of(
                      decoder(attention, fed, 4),
                      oracle(
                          bothLstm, new OracleStack(LSTM), attention, fed, 0.1, new int[] {0, 12}),
                      0.1,
                      new Object[] {
                        "network.cell",
                        "lstm",
                        "network.hiddenSizes",
                        List.of(3),
                        "network.bidirectional",
                        true
                      }),
                  Arguments.of(
                      decoder(attention, fed, 3),
                      oracle(bothGrus, new OracleStack(GRU), attention, fed, 0.2, new int[] {4, 6}),
                      0.2,
                      new Object[] {
                        "network.cell",
                        "gru",
                        "network.hiddenSizes",
                        List.of(2, 3),
                        "network.bidirectional",
                        true
                      }),
                  Arguments.of(
                      decoder(attention, fed, 3, 2),
                      oracle(
                          new OracleStack(GRU),
                          new OracleStack(GRU, GRU),
                          attention,
                          fed,
                          0,
                          new int[] {0, 3},
                          new int[] {0, 3}),
                      0.0,
                      new Object[] {"network.cell", "gru", "network.hiddenSizes", List.of(3)}));
            });
  }

  private static OracleTranslator oracle(
      OracleLayer encoder,
      OracleLayer decoder,
      String attention,
      boolean fed,
      double smoothing,
      int[]... bridges) {
    return new OracleTranslator(
        encoder,
        decoder,
        bridges,
        attention,
        fed,
        smoothing,
        "embedding.word.E",
        "embedding.target.E");
  }

  @ParameterizedTest
  @MethodSource("forms")
  void lossAndGradientsAreThoseOfTheEquations(
      DecoderSettings decoder, OracleTranslator oracle, double smoothing, Object[] settings) {
    assertAgree(
        Pairs.description(decoder, smoothing, SearchSettings.GREEDY, settings), oracle, LENGTHS);
  }

  @ParameterizedTest
  @MethodSource("sharedForms")
  void aSharedVocabularyHasOneTable(DecoderSettings decoder, OracleTranslator oracle) {
    TranslationDescription description =
        Pairs.description(
            decoder,
            0,
            SearchSettings.GREEDY,
            "network.cell",
            "gru",
            "network.hiddenSizes",
            List.of(3));
    assertThat(description.build().layout().describe().toString())
        .contains("embedding.word.E [5, 3]")
        .doesNotContain("embedding.target");
    assertAgree(description, oracle, LENGTHS);
  }

  static Stream<Arguments> sharedForms() {
    DecoderSettings shared =
        new DecoderSettings(List.of(), "multiplicative", 0, false, 0, true, 0, 0);
    return Stream.of(
        Arguments.of(
            shared,
            new OracleTranslator(
                new OracleStack(GRU),
                new OracleStack(GRU),
                new int[0][],
                "multiplicative",
                false,
                0,
                "embedding.word.E",
                "embedding.word.E")));
  }

  private static void assertAgree(
      TranslationDescription description, OracleTranslator oracle, int[]... lengths) {
    ObjectiveRun run = new ObjectiveRun(description, new Random(31));
    Pairs pairs = Pairs.of(7, lengths);
    NamedTensors tensors = ParameterTensors.of(run.parameters());

    LossSum loss = run.lossAndGradient(pairs.joint());
    double expected = loss(oracle, tensors, pairs);
    assertThat(loss.sum()).isEqualTo(expected, within(2e-6 * (1 + expected)));
    NamedTensors gradients = CentralDifferences.gradient(tensors, x -> loss(oracle, x, pairs));
    assertGradients(run, gradients, 1);
    run.lossAndGradient(pairs.joint());
    assertGradients(run, gradients, 2);
  }

  private static double loss(OracleTranslator oracle, NamedTensors tensors, Pairs pairs) {
    double loss = 0;
    for (int i = 0; i < pairs.sources().size(); i++) {
      for (int[] target : pairs.targets().get(i)) {
        loss +=
            pairs.weights().get(i)
                * oracle.loss(tensors, pairs.sources().get(i), target, Pairs.BOUNDARY);
      }
    }
    return loss;
  }

  private static void assertGradients(ObjectiveRun run, NamedTensors expected, int times) {
    NamedTensors actual = ParameterTensors.of(run.gradient());
    assertThat(actual.names()).containsExactlyElementsOf(expected.names());
    for (String name : expected.names()) {
      double[] sum = Vectors.scale(times, expected.values(name));
      assertClose("∂L/∂" + name, actual.values(name), sum, TOLERANCE);
    }
  }
}
