package io.sparkrnn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.error.ConfigurationException;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Non-linearities against strict mathematics, at and beyond the ends of their range. */
class ActivationTest {
  private static final float STEP = 1.0f / 4096;

  private static float apply(Activation activation, float z) {
    float[] value = {z};
    activation.forward(value, 0, 1);
    return value[0];
  }

  private static void assertWithin(
      Activation activation, DoubleUnaryOperator exact, double tolerance) {
    for (float z = -20; z <= 20; z += STEP) {
      assertThat((double) apply(activation, z))
          .as("%s(%s)", activation, z)
          .isEqualTo(exact.applyAsDouble(z), within(tolerance));
    }
  }

  @Test
  void tanhIsWithinHalfAMillionthOfStrictMath() {
    assertWithin(Activation.TANH, StrictMath::tanh, 5e-7);
  }

  @Test
  void logisticIsWithinHalfAMillionthOfStrictMath() {
    assertWithin(Activation.LOGISTIC, z -> 1 / (1 + StrictMath.exp(-z)), 5e-7);
  }

  @Test
  void tanhOfSmallNumbersIsExactInProportion() {
    for (float z = 1e-30f; z < 1; z *= 1.7f) {
      double exact = StrictMath.tanh(z);
      assertThat((double) apply(Activation.TANH, z)).isEqualTo(exact, within(5e-7 * exact));
      assertThat(apply(Activation.TANH, -z)).isEqualTo(-apply(Activation.TANH, z));
    }
    assertThat(apply(Activation.TANH, 0f)).isZero();
  }

  @Test
  void valuesNeverLeaveTheirRangeAndFallByRoundingAtMost() {
    float tanhBefore = -1;
    float logisticBefore = 0;
    for (float z = -20; z <= 20; z += 1.0f / 16) {
      assertThat(apply(Activation.TANH, z)).isBetween(Math.max(-1, tanhBefore - 4e-7f), 1f);
      assertThat(apply(Activation.LOGISTIC, z)).isBetween(Math.max(0, logisticBefore - 4e-7f), 1f);
      tanhBefore = apply(Activation.TANH, z);
      logisticBefore = apply(Activation.LOGISTIC, z);
    }
  }

  @Test
  void theExtremes() {
    assertThat(apply(Activation.TANH, Float.POSITIVE_INFINITY)).isEqualTo(1, within(1e-7f));
    assertThat(apply(Activation.TANH, -Float.MAX_VALUE)).isEqualTo(-1, within(1e-7f));
    assertThat(apply(Activation.LOGISTIC, Float.POSITIVE_INFINITY)).isEqualTo(1, within(1e-7f));
    assertThat(apply(Activation.LOGISTIC, Float.NEGATIVE_INFINITY)).isEqualTo(0, within(1e-7f));
    assertThat(apply(Activation.RELU, Float.NEGATIVE_INFINITY)).isZero();
    assertThat(apply(Activation.RELU, Float.POSITIVE_INFINITY)).isInfinite();
    assertThat(apply(Activation.IDENTITY, Float.MAX_VALUE)).isEqualTo(Float.MAX_VALUE);
  }

  @ParameterizedTest
  @EnumSource
  void notANumberStaysNotANumber(Activation activation) {
    assertThat(apply(activation, Float.NaN)).isNaN();
  }

  @ParameterizedTest
  @EnumSource
  void backwardIsTheSlopeOfForward(Activation activation) {
    float h = 1.0f / 64;
    for (float z = -3.03f; z < 3; z += 0.25f) {
      double slope = ((double) apply(activation, z + h) - apply(activation, z - h)) / (2.0 * h);
      float[] y = {Float.NaN, apply(activation, z)};
      float[] dy = {7, 7, 2};
      activation.backward(y, 1, dy, 2, 1);
      assertThat((double) dy[2]).isEqualTo(2 * slope, within(3e-4));
      assertThat(dy).startsWith(7, 7);
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyTheRowsOfAViewChange(Activation activation) {
    float[] data = {9, -1, 0.5f, 9, 2, -0.25f, 9};
    Rows view = new Rows(data, 1, 2, 2, 3);
    activation.forward(view);
    assertThat(data)
        .containsExactly(
            9,
            apply(activation, -1),
            apply(activation, 0.5f),
            9,
            apply(activation, 2),
            apply(activation, -0.25f),
            9);
    Rows slopes = Rows.zeros(2, 2);
    slopes.fill(1f);
    activation.backward(view, slopes);
    float[] expected = {1};
    activation.backward(data, 5, expected, 0, 1);
    assertThat(slopes.get(1, 1)).isEqualTo(expected[0]);
  }

  @Test
  void namesAreThoseOfJobFiles() {
    assertThat(Activation.NAMES).containsExactly("identity", "tanh", "logistic", "relu");
    assertThat(Activation.of("logistic")).isEqualTo(Activation.LOGISTIC);
    assertThatThrownBy(() -> Activation.of("sigmoid"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("logistic")
        .hasMessageContaining("sigmoid");
  }
}
