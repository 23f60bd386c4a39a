package io.sparkrnn.network;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.Rows;
import io.sparkrnn.oracle.CentralDifferences;
import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.OracleActivation;
import io.sparkrnn.oracle.OracleBidirectional;
import io.sparkrnn.oracle.OracleHead;
import io.sparkrnn.oracle.OracleInput;
import io.sparkrnn.oracle.OracleLstmCell;
import io.sparkrnn.oracle.OracleNetwork;
import io.sparkrnn.oracle.OraclePooling;
import io.sparkrnn.oracle.OracleSequence;
import io.sparkrnn.oracle.OracleStack;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.oracle.Vectors;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.ParameterTensors;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.PackedSequences;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A whole network from given states has the outputs and last states of its equations, and of a
 * scalar p·ŷ + q·(last state) the gradients of its inputs, initial states and parameters. Names and
 * shapes of the parameters are those that models on disk have.
 */
class NetworkStateGradientTest {
  private static final int[] LENGTHS = {4, 1, 6, 3};
  private static final int STATES = 2 * 2 * 2 + 2 * 2 * 3;

  private static final SequenceNetwork NETWORK =
      new NetworkDescription(
              List.of(InputColumn.values("x", 2)),
              new NetworkSettings(
                  "lstm",
                  List.of(2, 3),
                  true,
                  NetworkSettings.LAST,
                  List.of(4),
                  "tanh",
                  true,
                  List.of(),
                  new NetworkSettings.DropoutRates(0, 0, 0, 0)),
              NetworkDescription.Output.SEQUENCE,
              3)
          .build();

  private static final OracleNetwork ORACLE =
      new OracleNetwork(
          new OracleInput("x"),
          new OracleStack(
              new OracleBidirectional(new OracleLstmCell()),
              new OracleBidirectional(new OracleLstmCell())),
          new OracleHead(OracleActivation.TANH));

  private final Random random = new Random(81);
  private final Parameters parameters =
      new Parameters(NETWORK.layout(), new float[NETWORK.layout().size()]);
  private final Gradient gradient = new Gradient(NETWORK.layout());
  private final Pass pass = new Pass(parameters, gradient, Backend.gemm(Backend.JAVA));
  private final List<OracleSequence> sequences = new ArrayList<>();
  private final List<double[]> p = new ArrayList<>();
  private final List<double[]> q = new ArrayList<>();

  @BeforeEach
  void draw() {
    ParameterTensors.randomize(parameters, 0.8, random);
    pass.begin(Pass.Mode.TRAINING, RandomKey.ofSeed(1));
    for (int length : LENGTHS) {
      double[][] rows = new double[length][];
      Arrays.setAll(rows, t -> vector(2));
      sequences.add(
          new OracleSequence(length)
              .withValues("x", rows)
              .withInitial(vector(STATES))
              .withLabels(0));
      p.add(vector(3));
      q.add(vector(STATES));
    }
  }

  @Test
  void outputsStatesAndGradientsAreThoseOfTheEquations() {
    SequenceBatch batch =
        PackedSequences.batch(
            List.of(Column.values("x", 2)), Column.sequenceId("target"), sequences);
    NamedTensors tensors = ParameterTensors.of(parameters);
    Rows initial = ranked(batch, sequences.stream().map(OracleSequence::initial).toList());
    Rows last = Rows.zeros(LENGTHS.length, STATES);
    Rows outputs = NETWORK.forward(batch, initial, last, pass);
    for (int rank = 0; rank < LENGTHS.length; rank++) {
      OracleSequence sequence = sequences.get(batch.packing().sequenceAt(rank));
      double[] output = ORACLE.output(tensors, OraclePooling.LAST, sequence);
      assertClose("ŷ", outputs.slice(rank, 1).toArray(), output, Tolerance.FLOAT);
      double[] state = ORACLE.states(tensors, sequence).last();
      assertClose("last state", last.slice(rank, 1).toArray(), state, Tolerance.FLOAT);
    }

    Rows dInitial = Rows.zeros(LENGTHS.length, STATES);
    Rows dInput = NETWORK.backward(batch, ranked(batch, p), ranked(batch, q), dInitial, pass);
    for (int rank = 0; rank < LENGTHS.length; rank++) {
      int s = batch.packing().sequenceAt(rank);
      double[] expected = initialGradient(tensors, s);
      assertClose("∂L/∂s_0", dInitial.slice(rank, 1).toArray(), expected, Tolerance.FLOAT);
      for (int t = 0; t < LENGTHS[s]; t++) {
        float[] row = dInput.slice(batch.packing().row(rank, t), 1).toArray();
        assertClose("∂L/∂x", row, inputGradient(tensors, s, t), Tolerance.FLOAT);
      }
    }
    NamedTensors expected = CentralDifferences.gradient(tensors, this::loss);
    NamedTensors actual = ParameterTensors.of(gradient);
    for (String name : expected.names()) {
      assertClose(name, actual.values(name), expected.values(name), Tolerance.FLOAT);
    }
  }

  @Test
  void namesAndShapesAreThoseOfModelsOnDisk() {
    assertThat(NETWORK.layout().describe())
        .containsExactly(
            "encoder.0.forward.W [8, 2]",
            "encoder.0.forward.U [8, 2]",
            "encoder.0.forward.b [8]",
            "encoder.0.forward.bU [8]",
            "encoder.0.backward.W [8, 2]",
            "encoder.0.backward.U [8, 2]",
            "encoder.0.backward.b [8]",
            "encoder.0.backward.bU [8]",
            "encoder.1.forward.W [12, 4]",
            "encoder.1.forward.U [12, 3]",
            "encoder.1.forward.b [12]",
            "encoder.1.forward.bU [12]",
            "encoder.1.backward.W [12, 4]",
            "encoder.1.backward.U [12, 3]",
            "encoder.1.backward.b [12]",
            "encoder.1.backward.bU [12]",
            "head.0.W [4, 6]",
            "head.0.b [4]",
            "head.1.W [3, 4]",
            "head.1.b [3]");
  }

  private double loss(NamedTensors tensors) {
    double sum = 0;
    for (int s = 0; s < LENGTHS.length; s++) {
      sum += loss(tensors, s);
    }
    return sum;
  }

  private double loss(NamedTensors tensors, int s) {
    double[] output = ORACLE.output(tensors, OraclePooling.LAST, sequences.get(s));
    double[] last = ORACLE.states(tensors, sequences.get(s)).last();
    return Vectors.dot(p.get(s), output) + Vectors.dot(q.get(s), last);
  }

  private double[] initialGradient(NamedTensors tensors, int s) {
    double[] initial = sequences.get(s).initial();
    double[] expected =
        CentralDifferences.gradient(
            initial,
            state -> {
              sequences.get(s).withInitial(state);
              return loss(tensors, s);
            });
    sequences.get(s).withInitial(initial);
    return expected;
  }

  private double[] inputGradient(NamedTensors tensors, int s, int t) {
    double[][] rows = sequences.get(s).values("x");
    double[] row = rows[t];
    double[] expected =
        CentralDifferences.gradient(
            row,
            x -> {
              rows[t] = x;
              return loss(tensors, s);
            });
    rows[t] = row;
    return expected;
  }

  private static Rows ranked(SequenceBatch batch, List<double[]> vectors) {
    Rows rows = Rows.zeros(vectors.size(), vectors.get(0).length);
    for (int rank = 0; rank < vectors.size(); rank++) {
      double[] vector = vectors.get(batch.packing().sequenceAt(rank));
      for (int j = 0; j < vector.length; j++) {
        rows.set(rank, j, (float) vector[j]);
      }
    }
    return rows;
  }

  private double[] vector(int size) {
    double[] vector = new double[size];
    Arrays.setAll(vector, j -> 2 * random.nextFloat() - 1);
    return vector;
  }
}
