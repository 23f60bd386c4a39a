package io.sparkrnn.layer;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;

import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.Rows;
import io.sparkrnn.oracle.CentralDifferences;
import io.sparkrnn.oracle.OracleBidirectional;
import io.sparkrnn.oracle.OracleLayer;
import io.sparkrnn.oracle.OracleLstmCell;
import io.sparkrnn.oracle.OraclePooling;
import io.sparkrnn.oracle.OracleRecurrent;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.oracle.Vectors;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.Packing;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pooling of states gives the vectors of the equations, and their gradients. */
class PoolingGradientTest {
  private static final int WIDTH = 4;
  private static final OracleLayer ONE_WAY = new OracleRecurrent(new OracleLstmCell());
  private static final OracleLayer TWO_WAYS = new OracleBidirectional(new OracleLstmCell());

  static Stream<Arguments> poolings() {
    List<int[]> lengths = List.of(new int[] {5, 1, 7, 3}, new int[] {2, 2}, new int[] {1});
    return lengths.stream()
        .flatMap(
            each ->
                Stream.of(
                    Arguments.of(new LastState(WIDTH), ONE_WAY, OraclePooling.LAST, each),
                    Arguments.of(new LastState(WIDTH / 2), TWO_WAYS, OraclePooling.LAST, each),
                    Arguments.of(new MeanState(), TWO_WAYS, OraclePooling.MEAN, each)));
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void vectorsAndGradientsAreThoseOfTheEquations(
      Pooling pooling, OracleLayer encoder, OraclePooling oracle, int[] lengths) {
    ParameterLayout none = ParameterLayout.builder().build();
    Pass pass =
        new Pass(
            new Parameters(none, new float[0]), new Gradient(none), Backend.gemm(Backend.JAVA));
    pass.begin(Pass.Mode.TRAINING, RandomKey.ofSeed(1));
    pool(pooling, pass, new int[] {9, 2, 8, 8, 1}, new Random(31));

    Random random = new Random(32);
    Packing packing = new Packing(lengths);
    Rows states = random(packing.totalRows(), random);
    Rows p = random(lengths.length, random);
    SequenceBatch batch = new SequenceBatch(packing, new float[lengths.length]);
    Rows pooled = pooling.forward(batch, states, pass);
    Rows gradient = pooling.backward(batch, p, pass);
    for (int rank = 0; rank < lengths.length; rank++) {
      double[] projection = row(p, rank);
      double[][] rows = rows(states, packing, rank);
      assertClose("pooled", row(pooled, rank), oracle.pool(encoder, rows), Tolerance.FLOAT);
      double[] expected =
          CentralDifferences.gradient(
              flattened(rows), x -> Vectors.dot(projection, oracle.pool(encoder, inRows(x))));
      assertClose(
          "∂L/∂states", flattened(rows(gradient, packing, rank)), expected, Tolerance.FLOAT);
    }
  }

  private static void pool(Pooling pooling, Pass pass, int[] lengths, Random random) {
    Packing packing = new Packing(lengths);
    SequenceBatch batch = new SequenceBatch(packing, new float[lengths.length]);
    pooling.forward(batch, random(packing.totalRows(), random), pass);
    pooling.backward(batch, random(lengths.length, random), pass);
  }

  private static Rows random(int count, Random random) {
    Rows rows = Rows.zeros(count, WIDTH);
    for (int i = 0; i < rows.data().length; i++) {
      rows.data()[i] = 2 * random.nextFloat() - 1;
    }
    return rows;
  }

  private static double[][] rows(Rows rows, Packing packing, int rank) {
    double[][] result = new double[packing.length(rank)][];
    Arrays.setAll(result, t -> row(rows, packing.row(rank, t)));
    return result;
  }

  private static double[] row(Rows rows, int row) {
    double[] values = new double[WIDTH];
    Arrays.setAll(values, j -> rows.get(row, j));
    return values;
  }

  private static double[] flattened(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[][] inRows(double[] values) {
    double[][] rows = new double[values.length / WIDTH][];
    Arrays.setAll(rows, t -> Vectors.part(values, t, WIDTH));
    return rows;
  }
}
