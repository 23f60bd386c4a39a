package io.sparkrnn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.cell.Cells;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.parameter.ParameterLayout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The long-term dependency problem in numbers. */
class GradientReachTest {
  private static final RandomKey KEY = RandomKey.ofSeed(1);

  private static double[] untrained(String cell, int steps) {
    GradientReach reach = new GradientReach(Cells.of(cell, 16), 16, 8);
    return reach.norms(reach.layout().initialize(KEY.child("parameters")), steps, KEY);
  }

  @Test
  void theGradientOfASimpleNetworkVanishesFasterThanThatOfAnLstm() {
    double[] srn = untrained("srn", 40);
    double[] lstm = untrained("lstm", 40);
    assertThat(srn[0]).isEqualTo(1);
    assertThat(lstm[0]).isEqualTo(1);
    assertThat(srn[40]).isLessThan(1e-3 * lstm[40]);
    // by about the same factor at every step: a straight line on a logarithmic axis
    double early = Math.log(srn[20] / srn[10]) / 10;
    double late = Math.log(srn[40] / srn[30]) / 10;
    assertThat(late).isCloseTo(early, within(0.1));
    assertThat(early).isNegative();
  }

  /**
   * Without input a tanh network at 0 is linear: h_{t−k} reaches h_t through U^k; with U = a·I the
   * norm is a^k to the last digits, vanishing for a below 1 and exploding above.
   */
  @Test
  void ofALinearNetworkItIsThePowerOfTheWeight() {
    for (float a : new float[] {0.9f, 1f, 1.1f}) {
      GradientReach reach = new GradientReach(Cells.of("srn", 3), 2, 4);
      ParameterLayout layout = reach.layout();
      float[] parameters = new float[layout.size()];
      for (int i = 0; i < 3; i++) {
        parameters[layout.entry("U").offset() + 4 * i] = a;
      }
      double[] norms = reach.norms(parameters, 20, KEY);
      for (int k = 0; k <= 20; k++) {
        assertThat(norms[k]).isCloseTo(Math.pow(a, k), within(1e-5 * Math.pow(a, k)));
      }
    }
  }

  @Test
  void theSameKeyGivesTheSameNumbers() {
    assertThat(untrained("gru", 5)).containsExactly(untrained("gru", 5));
    assertThat(Arrays.stream(untrained("gru", 5)).allMatch(Double::isFinite)).isTrue();
  }
}
