package io.sparkrnn.objective;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.math.Backend;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.network.LanguageDescription;
import io.sparkrnn.network.SoftmaxSettings;
import io.sparkrnn.oracle.CentralDifferences;
import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.OracleActivation;
import io.sparkrnn.oracle.OracleCell;
import io.sparkrnn.oracle.OracleElmanCell;
import io.sparkrnn.oracle.OracleGruCell;
import io.sparkrnn.oracle.OracleLstmCell;
import io.sparkrnn.oracle.OracleObjective;
import io.sparkrnn.oracle.OracleRecurrent;
import io.sparkrnn.oracle.OracleStack;
import io.sparkrnn.oracle.OracleStates;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.oracle.Vectors;
import io.sparkrnn.parameter.ParameterTensors;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.Streams;
import io.sparkrnn.testing.TestSettings;
import io.sparkrnn.testing.Traversal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The gradient of a segment is that of its own loss with the carried state held constant, by the
 * equations in double precision; with segments as long as the texts it is that of full
 * backpropagation. States carried from segment to segment are those of an unbroken run, and never
 * go from one document to another.
 */
class TruncatedBackpropagationTest {
  private static final int VOCABULARY = 5;
  private static final int HIDDEN = 3;
  private static final int WIDTH = 2;
  private static final int[] LENGTHS = {9, 4, 7, 1, 6};
  private static final int WHOLE = 100;

  private static final Map<String, OracleCell> CELLS =
      Map.of(
          "srn", new OracleElmanCell(OracleActivation.TANH),
          "gru", new OracleGruCell(),
          "lstm", new OracleLstmCell());

  private final Random random = new Random(5);
  private final List<Sequence> documents = documents();

  @ParameterizedTest
  @CsvSource({"srn, 3, 2", "gru, 3, 2", "lstm, 3, 2", "lstm, 1, 5", "lstm, 100, 2", "gru, 100, 5"})
  void gradientsOfEverySegmentAreThoseOfTheEquations(String cell, int segment, int lanes) {
    Traversal traversal = traversal(cell);
    Streams streams = streams(documents, segment, lanes);
    OracleStack encoder =
        new OracleStack(new OracleRecurrent(CELLS.get(cell)), new OracleRecurrent(CELLS.get(cell)));
    Map<Integer, double[]> carried = new HashMap<>();
    NamedTensors tensors = ParameterTensors.of(traversal.parameters());
    for (int[] items : streams.batches()) {
      SequenceBatch batch = streams.gather(items);
      LossSum found = traversal.lossAndGradient(batch);
      List<Segment> segments = segments(batch, carried, encoder, tensors);
      assertThat(found.sum()).isCloseTo(loss(encoder, tensors, segments), within(1e-4));
      assertThat(found.weight()).isEqualTo(batch.totalRows());
      NamedTensors expected =
          CentralDifferences.gradient(tensors, moved -> loss(encoder, moved, segments));
      NamedTensors actual = ParameterTensors.of(traversal.gradient());
      for (String name : expected.names()) {
        assertClose(name, actual.values(name), expected.values(name), Tolerance.FLOAT);
      }
      for (Segment each : segments) {
        carried.put(each.stream, run(encoder, tensors, each).last());
      }
    }
  }

  @Test
  void carriedStatesAreThoseOfAnUnbrokenRun() {
    for (String cell : CELLS.keySet()) {
      double[] whole = logProbabilities(cell, documents, WHOLE, LENGTHS.length);
      assertClose("one lane", logProbabilities(cell, documents, 2, 1), whole, Tolerance.FLOAT);
      assertClose("lanes", logProbabilities(cell, documents, 3, 2), whole, Tolerance.FLOAT);
      assertClose("steps", logProbabilities(cell, documents, 1, 4), whole, Tolerance.FLOAT);
    }
  }

  @Test
  void documentsOfOneLaneDoNotSeeOneAnother() {
    List<Sequence> others = new ArrayList<>(documents);
    others.set(0, document(LENGTHS[0]));
    double[] before = logProbabilities("lstm", documents, 2, 1);
    double[] after = logProbabilities("lstm", others, 2, 1);
    assertThat(Arrays.copyOf(after, LENGTHS[0])).isNotEqualTo(Arrays.copyOf(before, LENGTHS[0]));
    assertThat(Arrays.copyOfRange(after, LENGTHS[0], after.length))
        .isEqualTo(Arrays.copyOfRange(before, LENGTHS[0], before.length));
  }

  @Test
  void targetsThatDoNotCountHaveNeitherLossNorGradient() {
    Sequence context =
        new Sequence(
            4,
            1f,
            new float[][] {{}, {}, {}},
            new int[][] {{1, 2, 3, 4}, {-1, -1, 4, 1}, {1, 1, 1, 1}});
    Traversal traversal = traversal("lstm");
    Streams streams = streams(List.of(context), 2, 1);
    LossSum first = traversal.lossAndGradient(streams.gather(streams.batches()[0]));
    assertThat(first.weight()).isZero();
    assertThat(first.steps()).isEqualTo(2);
    assertThat(traversal.gradient().squaredNorm()).isZero();
    LossSum second = traversal.lossAndGradient(streams.gather(streams.batches()[1]));
    assertThat(second.weight()).isEqualTo(2);
    assertThat(traversal.gradient().squaredNorm()).isPositive();
  }

  /** Log p of all tokens, document after document. */
  private static double[] logProbabilities(
      String cell, List<Sequence> texts, int segment, int lanes) {
    Traversal traversal = traversal(cell);
    Streams streams = streams(texts, segment, lanes);
    double[][] found = new double[texts.size()][];
    Arrays.setAll(found, s -> new double[texts.get(s).length()]);
    for (int[] items : streams.batches()) {
      SequenceBatch batch = streams.gather(items);
      Map<Integer, float[]> outputs = traversal.predictions(batch);
      for (int rank = 0; rank < batch.sequences(); rank++) {
        float[] own = outputs.get(batch.packing().sequenceAt(rank));
        for (int t = 0; t < own.length; t++) {
          found[batch.ids(Streams.STREAM)[rank]][batch.ids(Streams.FROM)[rank] + t] = own[t];
        }
      }
    }
    return Arrays.stream(found).flatMapToDouble(Arrays::stream).toArray();
  }

  private static Traversal traversal(String cell) {
    LanguageDescription language =
        new LanguageDescription(
            VOCABULARY,
            VOCABULARY,
            TestSettings.network(
                "network.cell", cell,
                "network.hiddenSizes", List.of(HIDDEN, HIDDEN),
                "network.embeddingSizes", List.of(WIDTH)),
            new SoftmaxSettings("full", 1, List.of(), false));
    Traversal traversal =
        new Traversal(new LanguageModellingDescription(language, 0), Backend.JAVA, 1);
    ParameterTensors.randomize(traversal.parameters(), 0.8, new Random(9));
    return traversal;
  }

  private static Streams streams(List<Sequence> texts, int segment, int lanes) {
    return new Streams(LanguageModellingDescription.columns(), texts, segment, lanes);
  }

  private List<Sequence> documents() {
    List<Sequence> texts = new ArrayList<>();
    for (int length : LENGTHS) {
      texts.add(document(length));
    }
    return texts;
  }

  private Sequence document(int length) {
    int[] ids = random.ints(length + 1L, 0, VOCABULARY).toArray();
    int[] ones = new int[length];
    Arrays.fill(ones, 1);
    return new Sequence(
        length,
        1f,
        new float[][] {{}, {}, {}},
        new int[][] {Arrays.copyOf(ids, length), Arrays.copyOfRange(ids, 1, length + 1), ones});
  }

  @SuppressWarnings("ArrayRecordComponent") // read within one test
  private record Segment(int stream, int[] tokens, int[] targets, double[] initial) {}

  private static List<Segment> segments(
      SequenceBatch batch, Map<Integer, double[]> carried, OracleStack encoder, NamedTensors of) {
    List<Segment> segments = new ArrayList<>();
    for (int rank = 0; rank < batch.sequences(); rank++) {
      int stream = batch.ids(Streams.STREAM)[rank];
      int length = batch.packing().length(rank);
      int[] tokens = new int[length];
      int[] targets = new int[length];
      for (int t = 0; t < length; t++) {
        int row = batch.packing().row(rank, t);
        tokens[t] = batch.ids(LanguageDescription.TOKEN)[row];
        targets[t] = batch.ids(ObjectiveDescription.TARGET)[row];
      }
      double[] zeros = new double[encoder.stateSize(of, "encoder")];
      double[] initial =
          batch.ids(Streams.FROM)[rank] == 0 ? zeros : carried.getOrDefault(stream, zeros);
      segments.add(new Segment(stream, tokens, targets, initial));
    }
    return segments;
  }

  private static OracleStates run(OracleStack encoder, NamedTensors tensors, Segment segment) {
    double[] table = tensors.values("embedding.token.E");
    double[][] inputs =
        Arrays.stream(segment.tokens)
            .mapToObj(token -> Vectors.part(table, token, WIDTH))
            .toArray(double[][]::new);
    return encoder.run(tensors, "encoder", inputs, segment.initial);
  }

  private static double loss(OracleStack encoder, NamedTensors tensors, List<Segment> segments) {
    double sum = 0;
    for (Segment segment : segments) {
      double[][] states = run(encoder, tensors, segment).outputs();
      for (int t = 0; t < states.length; t++) {
        double[] scores = Vectors.affine(tensors, "head.W", "head.b", states[t]);
        sum += OracleObjective.crossEntropy(scores, segment.targets[t]);
      }
    }
    return sum;
  }
}
