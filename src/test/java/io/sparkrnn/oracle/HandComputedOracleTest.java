package io.sparkrnn.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The oracle against values that follow from its equations with pencil and paper. */
class HandComputedOracleTest {
  private static final Offset<Double> EXACT = within(1e-13);

  /** Large enough that σ of it and tanh of it are 1 to the last bit, and σ of its negative is 0. */
  private static final double OPEN = 800;

  private static double[] step(OracleCell cell, NamedTensors tensors, double x, double... state) {
    return cell.step(tensors, "c", new double[] {x}, state);
  }

  private static NamedTensors cell(int gates, double[] w, double[] u, double[] b, double[] bU) {
    return new NamedTensors()
        .put("c.W", w, gates, 1)
        .put("c.U", u, gates, 1)
        .put("c.b", b, gates)
        .put("c.bU", bU, gates);
  }

  private static double[] four(double i, double f, double g, double o) {
    return new double[] {i, f, g, o};
  }

  private static double[] three(double r, double z, double n) {
    return new double[] {r, z, n};
  }

  @Test
  void simpleRecurrentNetworkAddsBothProductsAndBothBiases() {
    NamedTensors tensors =
        cell(1, new double[] {2}, new double[] {3}, new double[] {0.5}, new double[] {0.25});
    OracleCell linear = new OracleElmanCell(OracleActivation.LINEAR);
    assertThat(step(linear, tensors, 10, 100)).containsExactly(2 * 10 + 3 * 100 + 0.5 + 0.25);
    OracleCell tanh = new OracleElmanCell(OracleActivation.TANH);
    assertThat(step(tanh, tensors, 0.5, -0.25)[0]).isEqualTo(Math.tanh(1), EXACT);
    OracleCell logistic = new OracleElmanCell(OracleActivation.LOGISTIC);
    assertThat(step(logistic, tensors, -0.375, 0)[0]).isEqualTo(0.5, EXACT);
  }

  @Test
  void matricesAreRowMajorByGateAndUnit() {
    NamedTensors tensors =
        new NamedTensors()
            .put("c.W", new double[] {1, 2, 3, 4, 5, 6}, 2, 3)
            .put("c.U", new double[] {10, 20, 30, 40}, 2, 2);
    OracleCell linear = new OracleElmanCell(OracleActivation.LINEAR);
    assertThat(linear.step(tensors, "c", new double[] {1, 10, 100}, new double[] {1, 2}))
        .containsExactly(321 + 50, 654 + 110);
  }

  @Test
  void longShortTermMemoryHasItsGatesInTheOrderInputForgetCellOutput() {
    double[] zero = new double[4];
    OracleCell lstm = new OracleLstmCell();
    NamedTensors keeps = cell(4, zero, zero, four(-OPEN, OPEN, 9, OPEN), zero);
    assertThat(step(lstm, keeps, 5, 0.1, 0.7)).containsExactly(Math.tanh(0.7), 0.7);
    NamedTensors writes = cell(4, zero, zero, four(OPEN, -OPEN, 0.3, OPEN), zero);
    double written = Math.tanh(0.3);
    assertThat(step(lstm, writes, 5, 0.1, 0.7)).containsExactly(Math.tanh(written), written);
    NamedTensors hides = cell(4, zero, zero, four(OPEN, OPEN, 0.3, -OPEN), zero);
    assertThat(step(lstm, hides, 5, 0.1, 0.7)).containsExactly(0, 0.7 + written);
    NamedTensors halves = cell(4, zero, zero, zero, zero);
    assertThat(step(lstm, halves, 5, 0.1, 0.8)).containsExactly(0.5 * Math.tanh(0.4), 0.4);
  }

  @Test
  void longShortTermMemoryFeedsBackItsOutputAndNotItsCell() {
    double[] zero = new double[4];
    NamedTensors tensors = cell(4, zero, four(0, 0, 2, 0), zero, four(OPEN, -OPEN, 0.1, OPEN));
    double c = Math.tanh(2 * 0.2 + 0.1);
    assertThat(step(new OracleLstmCell(), tensors, 5, 0.2, 77)[1]).isEqualTo(c, EXACT);
  }

  @Test
  void updateGateOfTheGatedUnitsKeepsTheOldState() {
    double[] zero = new double[3];
    for (OracleCell gru : List.of(new OracleGruCell(), new OracleResetBeforeGruCell())) {
      NamedTensors keeps = cell(3, zero, zero, three(0, OPEN, 0.4), zero);
      assertThat(step(gru, keeps, 5, 0.6)).containsExactly(0.6);
      NamedTensors replaces = cell(3, zero, zero, three(0, -OPEN, 0.4), zero);
      assertThat(step(gru, replaces, 5, 0.6)).containsExactly(Math.tanh(0.4));
      NamedTensors halves = cell(3, zero, zero, zero, zero);
      assertThat(step(gru, halves, 5, 0.6)).containsExactly(0.3);
    }
  }

  @Test
  void resetAfterTheProductScalesTheBiasOfTheStateAndResetBeforeItDoesNot() {
    double[] zero = new double[3];
    NamedTensors tensors =
        cell(3, three(0, 0, 2), three(0, 0, 3), three(0, -OPEN, 0.1), three(0, 0, 0.4));
    double x = 0.05;
    double h = 0.2;
    assertThat(step(new OracleGruCell(), tensors, x, h)[0])
        .isEqualTo(Math.tanh(2 * x + 0.1 + 0.5 * (3 * h + 0.4)), EXACT);
    assertThat(step(new OracleResetBeforeGruCell(), tensors, x, h)[0])
        .isEqualTo(Math.tanh(2 * x + 0.1 + 3 * (0.5 * h) + 0.4), EXACT);
    NamedTensors closed = cell(3, zero, three(0, 0, 3), three(-OPEN, -OPEN, 0.1), zero);
    assertThat(step(new OracleGruCell(), closed, x, h)[0]).isEqualTo(Math.tanh(0.1), EXACT);
  }

  @Test
  void resetBeforeTheProductActsOnEachUnitOfTheStateBeforeTheyMix() {
    double[] u = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0};
    NamedTensors tensors =
        new NamedTensors()
            .put("c.W", new double[6], 6, 1)
            .put("c.U", u, 6, 2)
            .put("c.b", new double[] {OPEN, -OPEN, -OPEN, -OPEN, 0, 0}, 6);
    double[] state = {0.3, 0.8};
    double[] x = {0};
    assertThat(new OracleGruCell().step(tensors, "c", x, state)).containsExactly(Math.tanh(0.8), 0);
    assertThat(new OracleResetBeforeGruCell().step(tensors, "c", x, state))
        .containsExactly(0, Math.tanh(0.3));
  }

  /** A cell that adds its inputs up: h_t = h_{t−1} + x_t. */
  private static NamedTensors adder(String... names) {
    NamedTensors tensors = new NamedTensors();
    for (String name : names) {
      tensors.put(name + ".W", new double[] {1}, 1, 1).put(name + ".U", new double[] {1}, 1, 1);
    }
    return tensors;
  }

  private static final OracleCell ADDER = new OracleElmanCell(OracleActivation.LINEAR);
  private static final double[][] ONE_TWO_FOUR = {{1}, {2}, {4}};

  @Test
  void recurrenceRunsForwardFromItsInitialState() {
    OracleStates states =
        new OracleRecurrent(ADDER).run(adder("c"), "c", ONE_TWO_FOUR, new double[] {10});
    assertThat(states.outputs()).isDeepEqualTo(new double[][] {{11}, {13}, {17}});
    assertThat(states.last()).containsExactly(17);
  }

  @Test
  void bidirectionalPutsForwardBeforeBackwardAndAlignsThemInTime() {
    OracleLayer layer = new OracleBidirectional(ADDER);
    NamedTensors tensors = adder("c.forward", "c.backward");
    OracleStates states = layer.run(tensors, "c", ONE_TWO_FOUR, new double[] {10, 100});
    assertThat(states.outputs()).isDeepEqualTo(new double[][] {{11, 107}, {13, 106}, {17, 104}});
    assertThat(states.last()).containsExactly(17, 107);
    assertThat(OraclePooling.LAST.pool(layer, states.outputs())).containsExactly(17, 107);
    assertThat(OraclePooling.MEAN.pool(layer, states.outputs()))
        .containsExactly(new double[] {41 / 3.0, 317 / 3.0}, EXACT);
  }

  @Test
  void stackFeedsOutputsUpwardAndKeepsTheStatesOfAllLayers() {
    OracleLayer layer = new OracleStack(new OracleRecurrent(ADDER), new OracleRecurrent(ADDER));
    OracleStates states = layer.run(adder("c.0", "c.1"), "c", ONE_TWO_FOUR, new double[] {10, 100});
    assertThat(states.outputs()).isDeepEqualTo(new double[][] {{111}, {124}, {141}});
    assertThat(states.last()).containsExactly(17, 141);
  }

  @Test
  void inputIsItsColumnsInOrderWithIdsReplacedByRows() {
    NamedTensors tensors =
        new NamedTensors().put("embedding.word.E", new double[] {1, 2, 3, 4, 5, 6}, 3, 2);
    OracleSequence sequence =
        new OracleSequence(2)
            .withIds("word", 2, 0)
            .withValues("value", new double[] {7}, new double[] {8});
    assertThat(new OracleInput("word", "value").rows(tensors, sequence))
        .isDeepEqualTo(new double[][] {{5, 6, 7}, {1, 2, 8}});
    assertThat(new OracleInput("value", "word").rows(tensors, sequence))
        .isDeepEqualTo(new double[][] {{7, 5, 6}, {8, 1, 2}});
  }

  @Test
  void headIsLinearOrAPerceptronWhoseLastLayerIsLinear() {
    NamedTensors tensors =
        new NamedTensors()
            .put("head.0.W", new double[] {1, 2, -3, -4}, 2, 2)
            .put("head.0.b", new double[] {0.5, -0.5}, 2);
    OracleHead head = new OracleHead(OracleActivation.RELU);
    assertThat(head.apply(tensors, new double[] {1, 1})).containsExactly(3.5, -7.5);
    tensors.put("head.1.W", new double[] {-2, 100}, 1, 2).put("head.1.b", new double[] {1}, 1);
    assertThat(head.apply(tensors, new double[] {1, 1})).containsExactly(-2 * 3.5 + 1);
  }
}
