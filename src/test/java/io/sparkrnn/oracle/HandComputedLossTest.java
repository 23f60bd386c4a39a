package io.sparkrnn.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The oracle's losses and weights on a network whose outputs are its inputs. */
class HandComputedLossTest {
  /** h_t = x_t and y_t = h_t for two inputs. */
  private static final NamedTensors IDENTITY =
      new NamedTensors()
          .put("encoder.0.W", new double[] {1, 0, 0, 1}, 2, 2)
          .put("encoder.0.U", new double[4], 2, 2)
          .put("head.0.W", new double[] {1, 0, 0, 1}, 2, 2);

  private static final OracleNetwork NETWORK =
      new OracleNetwork(
          new OracleInput("x"),
          new OracleStack(new OracleRecurrent(new OracleElmanCell(OracleActivation.LINEAR))),
          new OracleHead(OracleActivation.TANH));

  private static final double LOG3 = Math.log(3);

  /** Probabilities 3/4 and 1/4 at t = 1, 1/2 and 1/2 at t = 2. */
  private static OracleSequence sequence() {
    return new OracleSequence(2).withValues("x", new double[] {LOG3, 0}, new double[] {0, 0});
  }

  private static void assertLoss(OracleLoss loss, double sum, double weight) {
    assertThat(loss.sum()).isEqualTo(sum, within(1e-14));
    assertThat(loss.weight()).isEqualTo(weight, within(1e-14));
  }

  @Test
  void classificationWeighsEachSequenceByItsOwnWeightAndItsClass() {
    OracleObjective objective =
        new OracleObjective.Classification(NETWORK, OraclePooling.LAST, List.of(1.0, 5.0));
    assertLoss(
        objective.loss(
            IDENTITY, List.of(sequence().withLabels(0), sequence().withLabels(1).withWeight(0.5))),
        Math.log(2) + 2.5 * Math.log(2),
        1 + 2.5);
    OracleObjective mean =
        new OracleObjective.Classification(NETWORK, OraclePooling.MEAN, List.of(1.0, 1.0));
    double root = Math.sqrt(3);
    assertLoss(
        mean.loss(IDENTITY, List.of(sequence().withLabels(0))), -Math.log(root / (root + 1)), 1);
  }

  @Test
  void labellingSumsOverTheStepsThatHaveALabel() {
    OracleObjective objective = new OracleObjective.Labelling(NETWORK, List.of(2.0, 1.0));
    assertLoss(
        objective.loss(
            IDENTITY,
            List.of(
                sequence().withLabels(1, 0),
                sequence().withLabels(0, -1).withWeight(3),
                sequence().withLabels(-1, -1))),
        Math.log(4) + 2 * Math.log(2) + 6 * Math.log(4.0 / 3),
        1 + 2 + 6);
  }

  @Test
  void regressionSumsSquaresOverOutputsAndSteps() {
    OracleObjective objective = new OracleObjective.Regression(NETWORK);
    OracleSequence sequence =
        new OracleSequence(2)
            .withValues("x", new double[] {1, 2}, new double[] {3, 4})
            .withTargets(new double[] {1, 1}, new double[] {0, 0})
            .withWeight(0.5);
    assertLoss(objective.loss(IDENTITY, List.of(sequence)), 0.5 * (1 + 25), 1);
  }

  @Test
  void targetsThatAreAbsentHaveNeitherLossNorWeight() {
    OracleSequence sequence =
        new OracleSequence(2)
            .withValues("x", new double[] {1, 2}, new double[] {3, 4})
            .withTargets(new double[] {Double.NaN, 5}, new double[] {Double.NaN, Double.NaN});
    assertLoss(new OracleObjective.Regression(NETWORK).loss(IDENTITY, List.of(sequence)), 9, 1);
    OracleObjective classification =
        new OracleObjective.Classification(NETWORK, OraclePooling.LAST, List.of(1.0, 1.0));
    List<OracleSequence> unlabelled = List.of(sequence().withLabels(-1));
    assertLoss(classification.loss(IDENTITY, unlabelled), 0, 0);
  }

  @Test
  void crossEntropyBearsLargeOutputs() {
    assertThat(OracleObjective.crossEntropy(new double[] {1000, 0}, 0)).isZero();
  }
}
