package io.sparkrnn.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Differences against derivatives in closed form. */
class CentralDifferencesTest {
  @Test
  void agreesWithDerivativesInClosedForm() {
    double[] at = {0.3, -1.2};
    double[] gradient =
        CentralDifferences.gradient(at, x -> Math.tanh(2 * x[0]) * Math.exp(x[1]) + x[1] * x[1]);
    double tanh = Math.tanh(0.6);
    assertThat(gradient[0]).isEqualTo(2 * (1 - tanh * tanh) * Math.exp(-1.2), within(1e-10));
    assertThat(gradient[1]).isEqualTo(tanh * Math.exp(-1.2) - 2.4, within(1e-10));
    assertThat(at).containsExactly(0.3, -1.2);
  }

  @Test
  void givesEachTensorItsGradientUnderItsName() {
    NamedTensors at =
        new NamedTensors().put("a", new double[] {2, 3}, 1, 2).put("b", new double[] {5}, 1);
    NamedTensors gradients =
        CentralDifferences.gradient(
            at, x -> x.values("a")[0] * x.values("a")[1] * x.values("b")[0]);
    assertThat(gradients.values("a")).containsExactly(new double[] {15, 10}, within(1e-9));
    assertThat(gradients.values("b")).containsExactly(new double[] {6}, within(1e-9));
    assertThat(gradients.shape("a")).containsExactly(1, 2);
    assertThat(at.values("a")).containsExactly(2, 3);
  }
}
