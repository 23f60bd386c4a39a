package io.sparkrnn.layer;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.math.JavaGemm;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.Rows;
import io.sparkrnn.oracle.CentralDifferences;
import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.OracleObjective;
import io.sparkrnn.oracle.ReferenceFiles;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.oracle.Vectors;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.parameter.ParameterTensors;
import io.sparkrnn.parameter.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Outputs over a vocabulary: the full softmax has the loss and gradients of its equations, own or
 * tied weights; the adaptive one those of PyTorch; the sampled one the gradients of its own loss,
 * and leads to the probabilities of the full one.
 */
class SoftmaxLayerTest {
  private static final int VOCABULARY = 11;
  private static final int WIDTH = 4;
  private static final int[] TARGETS = {3, 0, 10, SoftmaxLayer.NO_TARGET, 3, 7};
  private static final float[] WEIGHTS = {1f, 0.5f, 2f, 1f, 1f, 1.5f};

  @Test
  void fullSoftmaxHasTheGradientsOfItsEquations() {
    assertEquations(new FullSoftmax(OutputTable.dense(VOCABULARY)), "head.W");
  }

  @Test
  void tiedWeightsAreThoseOfTheEmbedding() {
    FullSoftmax tied =
        new FullSoftmax(OutputTable.tied(VOCABULARY, List.of("embedding", "token"), false));
    assertEquations(tied, "embedding.token.E");
  }

  @Test
  void aVocabularyThatIsTakenInPartsGivesTheSame() {
    int large = 300_000; // 3 rows at a time
    Layer layer = new Layer(new FullSoftmax(OutputTable.dense(large)), WIDTH, 2);
    Rows hidden = layer.rows(7, 3);
    int[] targets = {5, 299_999, 17, 0, 123_456, 5, 299_998};
    float[] logProbability = new float[7];
    layer.softmax.logProbabilities(hidden, targets, logProbability, layer.pass);
    float[] one = new float[1];
    for (int row = 0; row < 7; row++) {
      one[0] = 0;
      int[] target = {targets[row]};
      layer.softmax.logProbabilities(hidden.slice(row, 1), target, one, layer.pass);
      assertThat(one[0]).isCloseTo(logProbability[row], within(1e-5f));
    }
  }

  @Test
  void adaptiveSoftmaxIsThatOfPyTorch() throws IOException {
    JsonNode golden = golden();
    List<Integer> cutoffs = IntStream.of(integers(golden.path("cutoffs"))).boxed().toList();
    double[] hiddenValues = ReferenceFiles.numbers(golden.path("hidden"));
    int[] targets = integers(golden.path("targets"));
    int width = hiddenValues.length / targets.length;
    Layer layer = new Layer(new AdaptiveSoftmax(cutoffs, width), width, 1);
    golden
        .path("parameters")
        .properties()
        .forEach(
            entry ->
                layer
                    .parameters
                    .rows(entry.getKey())
                    .copyFrom(floats(ReferenceFiles.numbers(entry.getValue()))));
    Rows hidden = Rows.of(floats(hiddenValues), targets.length, width);
    Rows dHidden = Rows.zeros(targets.length, width);
    float[] weights = floats(ReferenceFiles.numbers(golden.path("weights")));
    double loss = layer.softmax.lossAndGradient(hidden, targets, weights, dHidden, layer.pass);
    assertThat(loss).isCloseTo(golden.path("loss").asDouble(), within(1e-4));
    assertClose(
        "hidden",
        dHidden.toArray(),
        ReferenceFiles.numbers(golden.path("hiddenGradient")),
        Tolerance.FLOAT);
    golden
        .path("gradients")
        .properties()
        .forEach(
            entry ->
                assertClose(
                    entry.getKey(),
                    layer.gradient.rows(entry.getKey()).toArray(),
                    ReferenceFiles.numbers(entry.getValue()),
                    Tolerance.FLOAT));
    float[] logProbability = new float[targets.length];
    layer.softmax.logProbabilities(hidden, targets, logProbability, layer.pass);
    assertClose(
        "log p",
        logProbability,
        ReferenceFiles.numbers(golden.path("logProbabilities")),
        Tolerance.FLOAT);
    assertClose(
        "distribution",
        layer.softmax.distribution(hidden, layer.pass).toArray(),
        ReferenceFiles.numbers(golden.path("distribution")),
        Tolerance.FLOAT);
  }

  @Test
  void sampledSoftmaxHasTheGradientsOfItsLoss() {
    for (OutputTable table :
        List.of(
            OutputTable.sparse(VOCABULARY),
            OutputTable.tied(VOCABULARY, List.of("embedding", "token"), true))) {
      Layer layer = new Layer(new SampledSoftmax(table, 4), WIDTH, 5);
      Rows hidden = layer.rows(TARGETS.length, 6);
      Rows dHidden = Rows.zeros(TARGETS.length, WIDTH);
      layer.softmax.lossAndGradient(hidden, TARGETS, WEIGHTS, dHidden, layer.pass);
      float[] analytic = layer.gradient.values().clone();
      Random random = new Random(2);
      for (int k = 0; k < 20; k++) {
        assertThat(layer.slope(hidden, analytic, dHidden, random)).isLessThan(3e-3);
      }
    }
  }

  @Test
  void sampledSoftmaxTouchesTheRowsThatTookPartAlone() {
    Layer layer = new Layer(new SampledSoftmax(OutputTable.sparse(1000), 3), WIDTH, 5);
    Rows hidden = layer.rows(2, 6);
    layer.softmax.lossAndGradient(
        hidden, new int[] {900, 901}, new float[] {1, 1}, Rows.zeros(2, WIDTH), layer.pass);
    int[] touched = {0};
    layer.gradient.forEachRange((from, to, decayed) -> touched[0] += to - from);
    assertThat(touched[0]).isBetween(1, 5 * (WIDTH + 1));
  }

  @Test
  void sampledSoftmaxLearnsTheProbabilitiesOfTheFullOne() {
    Layer layer = new Layer(new SampledSoftmax(OutputTable.sparse(8), 3), 1, 1);
    Arrays.fill(layer.parameters.values(), 0f);
    double[] wanted = {0.3, 0.25, 0.15, 0.1, 0.08, 0.06, 0.04, 0.02};
    int rows = 100;
    int[] targets = new int[rows];
    int row = 0;
    for (int id = 0; id < wanted.length; id++) {
      for (int k = 0; k < Math.round(wanted[id] * rows); k++) {
        targets[row++] = id;
      }
    }
    float[] ones = new float[rows];
    Arrays.fill(ones, 1f);
    Rows hidden = Rows.zeros(rows, 1);
    Rows dHidden = Rows.zeros(rows, 1);
    int steps = 6000;
    for (int step = 0; step < steps; step++) {
      layer.gradient.clear();
      layer.pass.begin(Pass.Mode.TRAINING, RandomKey.ofSeed(1).child(step));
      layer.softmax.lossAndGradient(hidden, targets, ones, dHidden, layer.pass);
      float rate = 0.02f * (1f - (float) step / steps);
      for (int i = 0; i < layer.parameters.values().length; i++) {
        layer.parameters.values()[i] -= rate * layer.gradient.values()[i];
      }
    }
    Rows found = layer.softmax.distribution(hidden.slice(0, 1), layer.pass);
    for (int id = 0; id < wanted.length; id++) {
      assertThat(Math.exp(found.get(0, id))).isCloseTo(wanted[id], within(0.03));
    }
  }

  private static void assertEquations(SoftmaxLayer softmax, String weights) {
    Layer layer = new Layer(softmax, WIDTH, 2);
    Rows hidden = layer.rows(TARGETS.length, 3);
    Rows dHidden = Rows.zeros(TARGETS.length, WIDTH);
    double loss = softmax.lossAndGradient(hidden, TARGETS, WEIGHTS, dHidden, layer.pass);
    NamedTensors tensors = ParameterTensors.of(layer.parameters);
    double[] states = doubles(hidden.toArray());
    assertThat(loss).isCloseTo(loss(tensors, weights, states), within(1e-5));
    NamedTensors expected =
        CentralDifferences.gradient(tensors, moved -> loss(moved, weights, states));
    NamedTensors actual = ParameterTensors.of(layer.gradient);
    for (String name : expected.names()) {
      assertClose(name, actual.values(name), expected.values(name), Tolerance.FLOAT);
    }
    assertClose(
        "hidden",
        dHidden.toArray(),
        CentralDifferences.gradient(states, moved -> loss(tensors, weights, moved)),
        Tolerance.FLOAT);
    Rows distribution = softmax.distribution(hidden, layer.pass);
    float[] logProbability = new float[TARGETS.length];
    softmax.logProbabilities(hidden, TARGETS, logProbability, layer.pass);
    for (int row = 0; row < TARGETS.length; row++) {
      double[] scores = scores(tensors, weights, states, row);
      for (int id = 0; id < VOCABULARY; id++) {
        double exact = -OracleObjective.crossEntropy(scores, id);
        assertThat((double) distribution.get(row, id)).isCloseTo(exact, within(1e-5));
      }
      float expectedHere = TARGETS[row] < 0 ? 0 : distribution.get(row, TARGETS[row]);
      assertThat(logProbability[row]).isCloseTo(expectedHere, within(1e-5f));
    }
  }

  private static double loss(NamedTensors tensors, String weights, double[] states) {
    double sum = 0;
    for (int row = 0; row < TARGETS.length; row++) {
      if (TARGETS[row] >= 0) {
        double[] scores = scores(tensors, weights, states, row);
        sum += WEIGHTS[row] * OracleObjective.crossEntropy(scores, TARGETS[row]);
      }
    }
    return sum;
  }

  private static double[] scores(NamedTensors tensors, String weights, double[] states, int row) {
    return Vectors.affine(tensors, weights, "head.b", Vectors.part(states, row, WIDTH));
  }

  private static JsonNode golden() throws IOException {
    try (InputStream in = SoftmaxLayerTest.class.getResourceAsStream("/softmax/adaptive.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static int[] integers(JsonNode node) {
    return Arrays.stream(ReferenceFiles.numbers(node)).mapToInt(value -> (int) value).toArray();
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  /** A softmax with parameters of its own. */
  private static final class Layer {
    private final SoftmaxLayer softmax;
    private final Parameters parameters;
    private final Gradient gradient;
    private final Pass pass;

    Layer(SoftmaxLayer softmax, int width, long seed) {
      this.softmax = softmax;
      ParameterLayout.Builder builder = ParameterLayout.builder();
      softmax.declare(builder, width);
      ParameterLayout layout = builder.build();
      parameters = new Parameters(layout, layout.initialize(RandomKey.ofSeed(seed)));
      Random random = new Random(seed);
      for (int i = 0; i < parameters.values().length; i++) {
        parameters.values()[i] += 0.1f * (float) random.nextGaussian();
      }
      gradient = new Gradient(layout);
      pass = new Pass(parameters, gradient, new JavaGemm());
      pass.begin(Pass.Mode.TRAINING, RandomKey.ofSeed(seed));
    }

    Rows rows(int count, long seed) {
      Random random = new Random(seed);
      Rows rows = Rows.zeros(count, parameters.layout().entries().get(0).columns());
      for (int i = 0; i < rows.data().length; i++) {
        rows.data()[i] = (float) random.nextGaussian();
      }
      return rows;
    }

    /**
     * How far a difference of the loss is from what the gradients say, along a random direction.
     */
    double slope(Rows hidden, float[] analytic, Rows dHidden, Random random) {
      float step = 1e-2f;
      float[] kept = parameters.values().clone();
      float[] keptHidden = hidden.data().clone();
      float[] along = new float[kept.length];
      float[] alongHidden = new float[keptHidden.length];
      double expected = 0;
      for (int i = 0; i < kept.length; i++) {
        along[i] = (float) random.nextGaussian() / 4;
        expected += along[i] * analytic[i];
      }
      for (int i = 0; i < keptHidden.length; i++) {
        alongHidden[i] = (float) random.nextGaussian() / 4;
        expected += alongHidden[i] * dHidden.data()[i];
      }
      double[] losses = new double[2];
      for (int side = 0; side < 2; side++) {
        float signed = side == 0 ? step : -step;
        for (int i = 0; i < kept.length; i++) {
          parameters.values()[i] = kept[i] + signed * along[i];
        }
        for (int i = 0; i < keptHidden.length; i++) {
          hidden.data()[i] = keptHidden[i] + signed * alongHidden[i];
        }
        gradient.clear();
        Rows ignored = Rows.zeros(hidden.count(), hidden.width());
        losses[side] = softmax.lossAndGradient(hidden, TARGETS, WEIGHTS, ignored, pass);
      }
      System.arraycopy(kept, 0, parameters.values(), 0, kept.length);
      System.arraycopy(keptHidden, 0, hidden.data(), 0, keptHidden.length);
      return Math.abs((losses[0] - losses[1]) / (2 * step) - expected);
    }
  }
}
