package io.sparkrnn.training;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static io.sparkrnn.testing.Floats.widened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.oracle.OracleAveraging;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.oracle.Vectors;
import io.sparkrnn.testing.TestSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Block momentum on the driver is Chen and Huo's, after rounds of plain averaging if asked for; the
 * shards' own work is written out here: θ goes the share RATE of the way to the shard's point.
 */
class BlockMomentumTest {
  private static final double RATE = 0.25;
  private static final Point FIRST = new Point(3, 1f, -2f, 0.5f);
  private static final Point SECOND = new Point(1, 3f, 0f, -1f);

  private static TrainingSettings settings(int epochs, double eta, int warmupRounds) {
    return TestSettings.training(
        "training.epochs", epochs,
        "optimizer.name", "sgd",
        "optimizer.learningRate", RATE,
        "optimizer.clipNorm", 0,
        "averaging.blockMomentum", eta,
        "averaging.warmupRounds", warmupRounds);
  }

  @ParameterizedTest
  @CsvSource({"6, 0.5, 0", "6, 0.9, 0", "7, 0.5, 3", "3, 0.75, 3", "5, 0, 0"})
  void followsTheOracle(int rounds, double eta, int warmupRounds) {
    double[] parameters = new double[3];
    for (int round = 0; round < Math.min(rounds, warmupRounds); round++) {
      parameters = OracleAveraging.parameters(ends(parameters), 3, 1);
    }
    OracleAveraging.BlockMomentum oracle = new OracleAveraging.BlockMomentum(parameters, eta, 1);
    for (int round = warmupRounds; round < rounds; round++) {
      oracle.advance(ends(oracle.start()), 3, 1);
    }

    TrainingSettings settings = settings(rounds, eta, warmupRounds);
    TrainingResult result =
        Trainings.fit(settings, 3, Point.shards(List.of(FIRST), List.of(SECOND)));
    assertClose("W", result.parameters(), oracle.parameters(), Tolerance.FLOAT);
    if (eta > 0) {
      assertClose("Δ", result.state().driver(), oracle.delta(), Tolerance.FLOAT);
    } else {
      assertThat(result.state().driver()).isEmpty();
    }
  }

  @Test
  void whatIsKeptAndEvaluatedIsWAndNotWhereTheNextBlockStarts() {
    TrainingResult result =
        Trainings.fit(settings(2, 0.5, 0), 1, Point.shards(List.of(new Point(1, 8f))));
    // W: 0 → 2, Δ = 2; from B = 3 the shard reaches 4.25; Δ = 1 + 1.25, W = 2 + 2.25.
    assertThat(result.parameters()).containsExactly(4.25f);
    assertThat(result.state().parameters()).containsExactly(4.25f);
    assertThat(result.state().driver()).containsExactly(2.25f);
  }

  @Test
  void deltaNeverTravelsToShards() {
    TrainingState state = TrainingState.first(new float[] {1}, new float[] {2}, new float[] {3});
    TrainingState sent = state.startingAt(new float[] {4}, state.memory());
    assertThat(sent.driver()).isEmpty();
    assertThat(sent.parameters()).containsExactly(4f);
    assertThat(sent.memory()).containsExactly(2f);
  }

  @Test
  void isRefusedForGradients() {
    assertThatThrownBy(
            () ->
                TestSettings.training("averaging.of", "gradients", "averaging.blockMomentum", 0.5))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("averaging.blockMomentum")
        .hasMessageContaining("averaging.of = parameters");
  }

  /** Where the shards end that start here. */
  private static List<double[]> ends(double[] start) {
    return List.of(end(start, FIRST), end(start, SECOND));
  }

  private static double[] end(double[] start, Point point) {
    return Vectors.plus(Vectors.scale(1 - RATE, start), Vectors.scale(RATE, widened(point.x())));
  }
}
