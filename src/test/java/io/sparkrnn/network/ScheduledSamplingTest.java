package io.sparkrnn.network;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.Rows;
import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.ParameterTensors;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.search.SearchSettings;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.PairBatch;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.testing.Pairs;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Scheduled sampling replaces the share of inputs it is told to, by tokens the decoder finds
 * likely, the same for the same key; its gradient is that of a teacher who says those tokens.
 */
class ScheduledSamplingTest {

  private static final Pairs PAIRS = Pairs.of(5, lengths());

  private static int[][] lengths() {
    return IntStream.range(0, 60)
        .mapToObj(i -> new int[] {1 + i % 4, 2 + i % 7})
        .toArray(int[][]::new);
  }

  /** A network of one rate with parameters that do not depend on it. */
  private static final class Run {
    private final EncoderDecoder network;
    private final Gradient gradient;
    private final Pass pass;

    Run(double rate) {
      this(rate, 0);
    }

    Run(double rate, double ramp) {
      DecoderSettings decoder =
          new DecoderSettings(List.of(), "multiplicative", 0, false, 3, false, rate, ramp);
      network =
          Pairs.description(
                  decoder,
                  0,
                  SearchSettings.GREEDY,
                  "network.cell",
                  "gru",
                  "network.hiddenSizes",
                  List.of(4))
              .translator()
              .build();
      Parameters parameters = new Parameters(network.layout(), new float[network.layout().size()]);
      ParameterTensors.randomize(parameters, 0.8, new Random(3));
      gradient = new Gradient(network.layout());
      pass = new Pass(parameters, gradient, Backend.gemm(Backend.JAVA));
    }

    /** Learns Σ scores²/2, and gives that. */
    double learn(PairBatch pair, RandomKey key) {
      return learn(pair, key, 0);
    }

    double learn(PairBatch pair, RandomKey key, double progress) {
      gradient.clear();
      pass.begin(Pass.Mode.TRAINING, key, progress);
      double[] loss = new double[1];
      network.learn(pair, scores -> loss[0] = halfSquares(scores), pass);
      return loss[0];
    }

    private static double halfSquares(Rows scores) {
      double sum = 0;
      for (float score : scores.toArray()) {
        sum += 0.5 * score * score;
      }
      return sum;
    }
  }

  private static PairBatch pair() {
    return PairBatch.of(PAIRS.joint(), Pairs.COLUMNS, Pairs.BOUNDARY);
  }

  private static PairBatch saying(int[] inputs) {
    PairBatch pair = pair();
    SequenceBatch target = new SequenceBatch(pair.target().packing(), weights(pair));
    target.putIds(Column.ids(PairBatch.TARGET), pair.target().ids(PairBatch.TARGET));
    target.putIds(Column.ids(PairBatch.INPUT), inputs);
    return new PairBatch(pair.source(), target, pair.sourceOf(), pair.referencesOf());
  }

  private static float[] weights(PairBatch pair) {
    float[] weights = new float[pair.target().sequences()];
    for (int rank = 0; rank < weights.length; rank++) {
      weights[rank] = pair.target().weight(rank);
    }
    return weights;
  }

  @Test
  void theGradientIsThatOfATeacherWhoSaysTheDrawnTokens() {
    Run sampled = new Run(0.5);
    double loss = sampled.learn(pair(), RandomKey.ofSeed(8));
    int[] drawn = sampled.pass.savedIndices("fed");
    Run taught = new Run(0);
    assertThat(taught.learn(saying(drawn), RandomKey.ofSeed(1)))
        .isEqualTo(loss, within(1e-4 * loss));
    NamedTensors expected = ParameterTensors.of(taught.gradient);
    NamedTensors actual = ParameterTensors.of(sampled.gradient);
    for (String name : expected.names()) {
      assertClose(name, actual.values(name), expected.values(name), new Tolerance(2e-5, 1e-5));
    }
  }

  @Test
  void drawsDependOnTheKeyAloneAndAreAsManyAsTheRateSays() {
    Run run = new Run(0.4);
    run.learn(pair(), RandomKey.ofSeed(8));
    int[] drawn = run.pass.savedIndices("fed").clone();
    run.learn(pair(), RandomKey.ofSeed(8));
    assertThat(run.pass.savedIndices("fed")).isEqualTo(drawn);
    run.learn(pair(), RandomKey.ofSeed(9));
    assertThat(run.pass.savedIndices("fed")).isNotEqualTo(drawn);
    int[] truth = pair().target().ids(PairBatch.INPUT);
    int first = pair().target().packing().activeAt(0);
    for (int row = 0; row < first; row++) {
      assertThat(drawn[row]).as("the boundary at the start").isEqualTo(truth[row]);
    }
    long differ = IntStream.range(first, drawn.length).filter(i -> drawn[i] != truth[i]).count();
    double share = (double) differ / (drawn.length - first);
    // a draw is the truth by chance about one time in five
    assertThat(share).isBetween(0.2, 0.42);
  }

  @Test
  void theShareOfDrawsGrowsWithTheEpochsUntilTheRateIsReached() {
    Run run = new Run(0.8, 4);
    int[] truth = pair().target().ids(PairBatch.INPUT);
    double[] progresses = {0, 1, 4, 9};
    long[] differ = new long[progresses.length];
    for (int i = 0; i < progresses.length; i++) {
      run.learn(pair(), RandomKey.ofSeed(8), progresses[i]);
      int[] fed = run.pass.savedIndices("fed");
      differ[i] = IntStream.range(0, fed.length).filter(j -> fed[j] != truth[j]).count();
    }
    assertThat(differ[0]).isZero();
    assertThat(differ[1]).isBetween(1L, differ[2] / 2);
    assertThat(differ[3]).isEqualTo(differ[2]);
  }

  @Test
  void nothingIsDrawnInInference() {
    Run run = new Run(1);
    run.pass.begin(Pass.Mode.INFERENCE, RandomKey.ofSeed(8));
    float[] scores = run.network.forward(pair(), run.pass).toArray();
    Run taught = new Run(0);
    taught.pass.begin(Pass.Mode.INFERENCE, RandomKey.ofSeed(8));
    float[] expected = taught.network.forward(pair(), taught.pass).toArray();
    for (int i = 0; i < scores.length; i++) {
      assertThat(scores[i]).isEqualTo(expected[i], within(1e-5f));
    }
  }
}
