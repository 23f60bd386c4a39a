package io.sparkrnn.cell;

import io.sparkrnn.layer.Recurrent;
import io.sparkrnn.layer.SequenceLayerComparison;
import io.sparkrnn.math.Activation;
import io.sparkrnn.oracle.OracleActivation;
import io.sparkrnn.oracle.OracleCell;
import io.sparkrnn.oracle.OracleElmanCell;
import io.sparkrnn.oracle.OracleGruCell;
import io.sparkrnn.oracle.OracleLstmCell;
import io.sparkrnn.oracle.OracleRecurrent;
import io.sparkrnn.oracle.OracleResetBeforeGruCell;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every cell, unrolled, has the outputs, last states and gradients of its equations, at ragged and
 * at equal lengths, with sequences of one step and alone. So do cells that only the tests have:
 * what holds for them holds for a user's own.
 */
class CellGradientTest {
  private record Case(IntFunction<RecurrentCell> cell, OracleCell oracle) {}

  private static Case named(String name, OracleCell oracle) {
    return new Case(size -> Cells.of(name, size), oracle);
  }

  private static final List<Case> CELLS =
      List.of(
          named("srn", new OracleElmanCell(OracleActivation.TANH)),
          named("srn-logistic", new OracleElmanCell(OracleActivation.LOGISTIC)),
          named("lstm", new OracleLstmCell()),
          named("gru", new OracleGruCell()),
          named("gru-reset-before", new OracleResetBeforeGruCell()),
          new Case(
              size -> new ElmanCell(size, Activation.IDENTITY),
              new OracleElmanCell(OracleActivation.LINEAR)),
          new Case(
              size -> new ElmanCell(size, Activation.RELU),
              new OracleElmanCell(OracleActivation.RELU)),
          named(PeepholeLstmCell.class.getName(), new OraclePeepholeLstmCell()),
          named(
              HardSigmoidLstmCell.class.getName(),
              new OracleLstmCell(OracleActivation.HARD_SIGMOID)),
          named(
              HardSigmoidGruCell.class.getName(),
              new OracleResetBeforeGruCell(OracleActivation.HARD_SIGMOID)));

  private static final List<int[]> LENGTHS =
      List.of(
          new int[] {5, 1, 7, 3},
          new int[] {4, 4, 4},
          new int[] {6},
          new int[] {1},
          new int[] {1, 1},
          new int[] {1, 2, 12, 2, 1});

  static Stream<Arguments> cellsAndLengths() {
    return CELLS.stream()
        .flatMap(
            each ->
                LENGTHS.stream()
                    .map(lengths -> Arguments.of(each.cell.apply(3), each.oracle, lengths)));
  }

  @ParameterizedTest
  @MethodSource("cellsAndLengths")
  void outputsStatesAndGradientsAreThoseOfTheEquations(
      RecurrentCell cell, OracleCell oracle, int[] lengths) {
    new SequenceLayerComparison(new Recurrent(cell), 2, 11)
        .assertAgree(new OracleRecurrent(oracle), lengths);
  }

  static Stream<Arguments> cells() {
    return CELLS.stream().map(each -> Arguments.of(each.cell, each.oracle));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void sizesMayBeOneOrAnyOther(IntFunction<RecurrentCell> cell, OracleCell oracle) {
    OracleRecurrent layer = new OracleRecurrent(oracle);
    new SequenceLayerComparison(new Recurrent(cell.apply(1)), 1, 12).assertAgree(layer, 3, 1, 4);
    new SequenceLayerComparison(new Recurrent(cell.apply(9)), 5, 13).assertAgree(layer, 2, 3);
  }
}
