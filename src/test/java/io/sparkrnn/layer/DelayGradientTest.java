package io.sparkrnn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.cell.GruCell;
import io.sparkrnn.cell.LstmCell;
import io.sparkrnn.math.Activation;
import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.OracleActivation;
import io.sparkrnn.oracle.OracleDelayed;
import io.sparkrnn.oracle.OracleDense;
import io.sparkrnn.oracle.OracleGruCell;
import io.sparkrnn.oracle.OracleLayer;
import io.sparkrnn.oracle.OracleLstmCell;
import io.sparkrnn.oracle.OracleRecurrent;
import io.sparkrnn.oracle.OracleShortcut;
import io.sparkrnn.oracle.OracleStack;
import io.sparkrnn.oracle.OracleStates;
import io.sparkrnn.oracle.OracleTapDelay;
import io.sparkrnn.oracle.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Delays, and layers of delays, have the outputs, last states and gradients of their equations. */
class DelayGradientTest {
  private static final int[][] RAGGED = {{4, 1, 6, 3}, {3, 3}, {5}, {1}, {9, 1, 1, 2, 9}};

  private static void assertAgree(SequenceLayer layer, OracleLayer oracle, int inputSize) {
    for (int i = 0; i < RAGGED.length; i++) {
      new SequenceLayerComparison(layer, inputSize, 31 + i).assertAgree(oracle, RAGGED[i]);
    }
  }

  private static SequenceLayer dense(int size) {
    return new Memoryless(new Dense(size, Activation.TANH), size);
  }

  @ParameterizedTest
  @CsvSource({"0,0,2", "0,1,1", "0,3,2", "1,2,3", "3,5,1", "2,2,2", "0,8,2", "7,8,1"})
  void delaysShowThePastAndLeaveItAsState(int first, int last, int width) {
    assertAgree(
        new TapDelay(new Taps(first, last), width), new OracleTapDelay(first, last, width), width);
  }

  static Stream<Arguments> layers() {
    return Stream.of(
        Arguments.of(
            new Delayed(new TapDelay(Taps.upTo(2), 2), dense(3), new TapDelay(Taps.upTo(3), 3)),
            new OracleDelayed(
                new OracleTapDelay(0, 2, 2),
                new OracleDense(OracleActivation.TANH),
                new OracleTapDelay(0, 3, 3))),
        Arguments.of(
            new Delayed(
                new TapDelay(new Taps(1, 2), 2),
                new Recurrent(new GruCell(3)),
                new TapDelay(Taps.NOW, 3)),
            new OracleDelayed(
                new OracleTapDelay(1, 2, 2),
                new OracleRecurrent(new OracleGruCell()),
                new OracleTapDelay(0, 0, 3))),
        Arguments.of(
            new Shortcut(new TapDelay(Taps.NOW, 2), dense(3)),
            new OracleShortcut(
                new OracleTapDelay(0, 0, 2), new OracleDense(OracleActivation.TANH))),
        Arguments.of(
            new Shortcut(
                new TapDelay(Taps.upTo(2), 2),
                new Delayed(
                    new TapDelay(Taps.upTo(2), 2),
                    new Recurrent(new GruCell(3)),
                    new TapDelay(Taps.NOW, 3))),
            new OracleShortcut(
                new OracleTapDelay(0, 2, 2),
                new OracleDelayed(
                    new OracleTapDelay(0, 2, 2),
                    new OracleRecurrent(new OracleGruCell()),
                    new OracleTapDelay(0, 0, 3)))));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void layersBetweenDelaysAreTheirEquations(SequenceLayer layer, OracleLayer oracle) {
    assertAgree(layer, oracle, 2);
  }

  @Test
  void delayedLayersStack() {
    SequenceLayer lstm =
        new Delayed(
            new TapDelay(Taps.upTo(2), 2),
            new Recurrent(new LstmCell(2)),
            new TapDelay(Taps.NOW, 2));
    OracleLayer oracle =
        new OracleDelayed(
            new OracleTapDelay(0, 2, 2),
            new OracleRecurrent(new OracleLstmCell()),
            new OracleTapDelay(0, 0, 2));
    assertAgree(new Stack(List.of(lstm, lstm), new Dropout(0)), new OracleStack(oracle, oracle), 2);
  }

  @Test
  void groupsOfColumnsHaveDelaysOfTheirOwn() {
    OracleTapDelay x = new OracleTapDelay(0, 2, 2);
    OracleTapDelay y = new OracleTapDelay(1, 3, 1);
    OracleTapDelay u = new OracleTapDelay(0, 0, 1);
    ColumnTaps taps =
        new ColumnTaps(
            List.of(
                new TapDelay(Taps.upTo(2), 2),
                new TapDelay(new Taps(1, 3), 1),
                new TapDelay(Taps.NOW, 1)));
    assertAgree(taps, new SideBySide(List.of(x, y, u)), 4);
    assertAgree(
        new ColumnTaps(List.of(new TapDelay(Taps.NOW, 3))),
        new OracleRows((tensors, t, row) -> row),
        3);
  }

  /** The property that lets a run be cut anywhere. */
  @Test
  void aCarriedStateEqualsAnUnbrokenRun() {
    LayerRun run = new LayerRun(new TapDelay(new Taps(1, 3), 1), 1);
    double[][] whole = {{1}, {2}, {3}, {4}, {5}, {6}, {7}};
    run.forward(new double[][][] {whole});
    double[][] unbroken = run.output(0);
    double[] unbrokenState = run.last(0);
    run.forward(new double[][][] {Arrays.copyOfRange(whole, 0, 2)});
    double[] carried = run.last(0);
    run.forward(new double[][][] {Arrays.copyOfRange(whole, 2, 7)}, new double[][] {carried});
    for (int t = 2; t < 7; t++) {
      assertThat(run.output(0)[t - 2]).containsExactly(unbroken[t]);
    }
    assertThat(run.last(0)).containsExactly(unbrokenState).containsExactly(7, 6, 5);
  }

  @Test
  void rangesThatLookAheadOrAreEmptyAreRefused() {
    assertThatThrownBy(() -> new Taps(-1, 2)).hasMessageContaining("found -1 … 2");
    assertThatThrownBy(() -> new Taps(3, 2)).hasMessageContaining("found 3 … 2");
  }

  /** Layers without parameters beside one another, each on its own columns. */
  private record SideBySide(List<OracleTapDelay> groups) implements OracleLayer {
    @Override
    public int stateSize(NamedTensors tensors, String name) {
      return groups.stream().mapToInt(group -> group.stateSize(tensors, name)).sum();
    }

    @Override
    public OracleStates run(
        NamedTensors tensors, String name, double[][] inputs, double[] initial) {
      double[][] outputs = new double[inputs.length][0];
      double[] last = {};
      int column = 0;
      for (OracleTapDelay group : groups) {
        int from = column;
        double[][] own =
            Arrays.stream(inputs)
                .map(row -> Arrays.copyOfRange(row, from, from + group.width()))
                .toArray(double[][]::new);
        int size = group.stateSize(tensors, name);
        OracleStates states =
            group.run(
                tensors, name, own, Arrays.copyOfRange(initial, last.length, last.length + size));
        for (int t = 0; t < outputs.length; t++) {
          outputs[t] = Vectors.concatenate(outputs[t], states.outputs()[t]);
        }
        last = Vectors.concatenate(last, states.last());
        column += group.width();
      }
      return new OracleStates(outputs, last);
    }

    @Override
    public double[] summary(double[][] outputs) {
      return outputs[outputs.length - 1];
    }
  }
}
