package io.sparkrnn.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The oracle's optimizers against steps computed by hand. */
class OracleOptimizerTest {
  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void gradientDescentAddsTheWeightDecay() {
    double[] next =
        new OracleOptimizer.Sgd(0.1).step(new double[] {1, -2}, new double[] {3, 4}, 0.5);
    assertThat(next).containsExactly(new double[] {1 - 0.5 * 3.1, -2 - 0.5 * 3.8}, EXACT);
  }

  @Test
  void momentumStartsWithTheGradientItself() {
    OracleOptimizer momentum = new OracleOptimizer.Momentum(0.9, 0);
    double[] first = momentum.step(new double[] {1}, new double[] {2}, 0.1);
    assertThat(first).containsExactly(new double[] {0.8}, EXACT);
    double[] second = momentum.step(first, new double[] {1}, 0.1);
    assertThat(second).containsExactly(new double[] {0.8 - 0.1 * (0.9 * 2 + 1)}, EXACT);
  }

  @Test
  void adamCorrectsItsMomentsForTheirStartAtZero() {
    OracleOptimizer adam = new OracleOptimizer.Adam(0.9, 0.99, 1e-8, 0);
    double[] first = adam.step(new double[] {1}, new double[] {4}, 0.1);
    assertThat(first).containsExactly(new double[] {1 - 0.1 * 4 / (4 + 1e-8)}, EXACT);
    double[] second = adam.step(first, new double[] {-2}, 0.1);
    double mean = (0.9 * 0.4 + 0.1 * -2) / 0.19;
    double square = (0.99 * 0.16 + 0.01 * 4) / 0.0199;
    assertThat(second)
        .containsExactly(new double[] {first[0] - 0.1 * mean / (Math.sqrt(square) + 1e-8)}, EXACT);
  }

  @Test
  void adamDecaysByWayOfTheGradient() {
    double[] next =
        new OracleOptimizer.Adam(0.9, 0.999, 0.5, 0.25)
            .step(new double[] {8}, new double[] {-1}, 0.1);
    assertThat(next).containsExactly(new double[] {8 - 0.1 * 1 / (1 + 0.5)}, EXACT);
  }

  @Test
  void clippingScalesDownToTheMaximumAndNeverUp() {
    double[] gradient = {3, -4};
    double scale = 1 / (5 + 1e-6);
    assertThat(OracleOptimizer.clipped(gradient, 1))
        .containsExactly(new double[] {3 * scale, -4 * scale}, EXACT);
    assertThat(OracleOptimizer.clipped(gradient, 6)).containsExactly(3, -4);
  }
}
