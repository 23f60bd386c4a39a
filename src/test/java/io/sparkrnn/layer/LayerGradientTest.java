package io.sparkrnn.layer;

import io.sparkrnn.cell.GruCell;
import io.sparkrnn.cell.GruResetBeforeCell;
import io.sparkrnn.cell.LstmCell;
import io.sparkrnn.cell.RecurrentCell;
import io.sparkrnn.math.Activation;
import io.sparkrnn.math.Rows;
import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.OracleActivation;
import io.sparkrnn.oracle.OracleBidirectional;
import io.sparkrnn.oracle.OracleCell;
import io.sparkrnn.oracle.OracleGruCell;
import io.sparkrnn.oracle.OracleHead;
import io.sparkrnn.oracle.OracleLayer;
import io.sparkrnn.oracle.OracleLstmCell;
import io.sparkrnn.oracle.OracleRecurrent;
import io.sparkrnn.oracle.OracleResetBeforeGruCell;
import io.sparkrnn.oracle.OracleStack;
import io.sparkrnn.oracle.OracleStates;
import io.sparkrnn.oracle.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Layers made of others, and maps of rows, have the outputs, last states and gradients of their
 * equations at ragged lengths.
 */
class LayerGradientTest {
  private static final Dropout NONE = new Dropout(0);

  private static Recurrent lstm(int size) {
    return new Recurrent(new LstmCell(size));
  }

  private static Bidirectional both(RecurrentCell cell) {
    return new Bidirectional(new Recurrent(cell), new Recurrent(cell));
  }

  private static OracleLayer both(OracleCell cell) {
    return new OracleBidirectional(cell);
  }

  static Stream<Arguments> layers() {
    OracleLayer recurrentLstm = new OracleRecurrent(new OracleLstmCell());
    return Stream.of(
        Arguments.of(both(new LstmCell(3)), both(new OracleLstmCell())),
        Arguments.of(both(new GruCell(3)), both(new OracleGruCell())),
        Arguments.of(both(new GruResetBeforeCell(2)), both(new OracleResetBeforeGruCell())),
        Arguments.of(new Stack(List.of(lstm(3)), NONE), new OracleStack(recurrentLstm)),
        Arguments.of(
            new Stack(List.of(lstm(2), new Recurrent(new GruCell(3)), lstm(4)), NONE),
            new OracleStack(
                recurrentLstm, new OracleRecurrent(new OracleGruCell()), recurrentLstm)),
        Arguments.of(
            new Stack(List.of(both(new GruResetBeforeCell(2)), both(new LstmCell(3))), NONE),
            new OracleStack(both(new OracleResetBeforeGruCell()), both(new OracleLstmCell()))),
        Arguments.of(
            new Stack(List.of(both(new LstmCell(2)), lstm(3)), NONE),
            new OracleStack(both(new OracleLstmCell()), recurrentLstm)));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void bidirectionalAndStackedLayersAreTheirEquations(SequenceLayer layer, OracleLayer oracle) {
    SequenceLayerComparison comparison = new SequenceLayerComparison(layer, 2, 21);
    comparison.assertAgree(oracle, 4, 1, 6, 3);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void equalLengthsSingleStepsAndSingleSequencesAreNoException(
      SequenceLayer layer, OracleLayer oracle) {
    new SequenceLayerComparison(layer, 2, 22).assertAgree(oracle, 3, 3);
    new SequenceLayerComparison(layer, 2, 23).assertAgree(oracle, 5);
    new SequenceLayerComparison(layer, 2, 24).assertAgree(oracle, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tanh", "logistic", "relu"})
  void headsAreLinearMapsAndPerceptrons(String name) {
    Activation activation = Activation.of(name);
    OracleHead head = new OracleHead("c", OracleActivation.valueOf(activation.name()));
    OracleLayer oracle = new OracleRows((tensors, t, row) -> head.apply(tensors, row));
    Dense output = new Dense(3, Activation.IDENTITY);
    RowLayer linear = RowChain.perceptron(List.of(), activation, output);
    RowLayer hidden = RowChain.perceptron(List.of(5), activation, output);
    RowLayer deep =
        RowChain.perceptron(List.of(4, 5), activation, new Dense(3, Activation.IDENTITY, false));
    for (RowLayer layer : List.of(linear, hidden, deep)) {
      new SequenceLayerComparison(new Memoryless(layer, 3), 2, 25).assertAgree(oracle, 3, 1, 4);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5})
  void dropoutMultipliesByItsMaskBothWays(double rate) {
    Dropout dropout = new Dropout(rate);
    SequenceLayerComparison comparison =
        new SequenceLayerComparison(new Memoryless(dropout, 3), 3, 26);
    int[] lengths = {4, 1, 6, 3};
    comparison.run().forward(zeros(lengths, 3));
    double[][][] masks = masks(dropout, comparison.run(), comparison.run().pass(), 3);
    comparison.assertAgree(
        s -> new OracleRows((tensors, t, row) -> Vectors.hadamard(row, masks[s][t])), lengths);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5})
  void stackDropsTheOutputsOfEveryLayerButTheLast(double rate) {
    Dropout dropout = new Dropout(rate);
    Stack stack = new Stack(List.of(both(new LstmCell(2)), lstm(3)), dropout);
    SequenceLayerComparison comparison = new SequenceLayerComparison(stack, 2, 27);
    int[] lengths = {4, 1, 6, 3};
    comparison.run().forward(zeros(lengths, 2));
    Pass pass = comparison.run().pass().child("dropout").child("1");
    double[][][] masks = masks(dropout, comparison.run(), pass, 4);
    comparison.assertAgree(
        s -> new DroppedStack(both(new OracleLstmCell()), masks[s], new OracleLstmCell()), lengths);
  }

  /** The masks [sequence][t][column] of a dropout layer's traversal: what becomes of ones. */
  private static double[][][] masks(Dropout dropout, LayerRun run, Pass pass, int width) {
    Rows ones = Rows.zeros(run.packing().totalRows(), width);
    ones.fill(1f);
    Rows dropped = dropout.forward(ones, pass);
    double[][][] masks = new double[run.packing().sequences()][][];
    Arrays.setAll(masks, sequence -> run.unpacked(dropped, sequence));
    return masks;
  }

  private static double[][][] zeros(int[] lengths, int width) {
    return Arrays.stream(lengths)
        .mapToObj(length -> new double[length][width])
        .toArray(double[][][]::new);
  }

  /** Two layers with a mask on the outputs of the lower one. */
  private record DroppedStack(OracleLayer lower, List<double[]> mask, OracleRecurrent upper)
      implements OracleLayer {
    DroppedStack(OracleLayer lower, double[][] mask, OracleCell upper) {
      this(lower, List.of(mask), new OracleRecurrent(upper));
    }

    @Override
    public int stateSize(NamedTensors tensors, String name) {
      return new OracleStack(lower, upper).stateSize(tensors, name);
    }

    @Override
    public OracleStates run(
        NamedTensors tensors, String name, double[][] inputs, double[] initial) {
      int size = lower.stateSize(tensors, name + ".0");
      double[] lowerInitial = Arrays.copyOf(initial, size);
      double[] upperInitial = Arrays.copyOfRange(initial, size, initial.length);
      OracleStates below = lower.run(tensors, name + ".0", inputs, lowerInitial);
      double[][] dropped = new double[inputs.length][];
      Arrays.setAll(dropped, t -> Vectors.hadamard(below.outputs()[t], mask.get(t)));
      OracleStates above = upper.run(tensors, name + ".1", dropped, upperInitial);
      return new OracleStates(above.outputs(), Vectors.concatenate(below.last(), above.last()));
    }

    @Override
    public double[] summary(double[][] outputs) {
      return upper.summary(outputs);
    }
  }
}
