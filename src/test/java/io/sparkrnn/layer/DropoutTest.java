package io.sparkrnn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.parameter.Parameters;
import org.junit.jupiter.api.Test;

/** Dropout keeps the expectation, depends on the key alone, and rests in inference. */
class DropoutTest {
  private static final int ROWS = 401;
  private static final int WIDTH = 25;

  private static Pass pass(Pass.Mode mode, long seed) {
    ParameterLayout empty = ParameterLayout.builder().build();
    Pass pass =
        new Pass(
            new Parameters(empty, new float[0]), new Gradient(empty), Backend.gemm(Backend.JAVA));
    pass.begin(mode, RandomKey.ofSeed(seed));
    return pass;
  }

  private static float[] dropped(double rate, Pass pass) {
    Rows ones = Rows.zeros(ROWS, WIDTH);
    ones.fill(1f);
    return new Dropout(rate).forward(ones, pass).toArray();
  }

  @Test
  void zeroesTheGivenShareAndScalesTheRest() {
    for (double rate : new double[] {0.1, 0.5, 0.9}) {
      float kept = (float) (1 / (1 - rate));
      int zeros = 0;
      for (float value : dropped(rate, pass(Pass.Mode.TRAINING, 3))) {
        assertThat(value).isIn(0f, kept);
        zeros += value == 0f ? 1 : 0;
      }
      // Four standard deviations of the share among 10,025 values are below 0.02.
      assertThat(zeros / (double) (ROWS * WIDTH)).isEqualTo(rate, within(0.02));
    }
  }

  @Test
  void dependsOnTheKeyAlone() {
    float[] first = dropped(0.5, pass(Pass.Mode.TRAINING, 3));
    assertThat(dropped(0.5, pass(Pass.Mode.TRAINING, 3))).isEqualTo(first);
    assertThat(dropped(0.5, pass(Pass.Mode.TRAINING, 4))).isNotEqualTo(first);
    assertThat(dropped(0.5, pass(Pass.Mode.TRAINING, 3).child("other"))).isNotEqualTo(first);
  }

  @Test
  void doesNothingInInference() {
    Pass pass = pass(Pass.Mode.INFERENCE, 3);
    assertThat(dropped(0.5, pass)).containsOnly(1f);
    Rows gradient = Rows.of(new float[] {1, 2, 3}, 1, 3);
    assertThat(new Dropout(0.5).backward(gradient, pass).toArray()).containsExactly(1, 2, 3);
  }
}
