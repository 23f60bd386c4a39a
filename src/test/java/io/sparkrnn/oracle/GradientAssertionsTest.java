package io.sparkrnn.oracle;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The comparison itself passes and fails where it should. */
class GradientAssertionsTest {
  private static final Tolerance TOLERANCE = new Tolerance(1e-3, 1e-6);

  private static void compare(float[] actual, double... expected) {
    GradientAssertions.assertClose("encoder.0.W", actual, expected, TOLERANCE);
  }

  @Test
  void allowsDifferencesRelativeToTheLargestMagnitude() {
    assertThatCode(() -> compare(new float[] {-100.05f, 0.05f}, -100, 0))
        .doesNotThrowAnyException();
    assertThatCode(() -> compare(new float[] {5e-7f}, 0)).doesNotThrowAnyException();
    assertThatCode(() -> compare(new float[0])).doesNotThrowAnyException();
  }

  @Test
  void namesTheTensorAndItsWorstElement() {
    assertThatThrownBy(() -> compare(new float[] {1.1f, 2, 3.5f}, 1, 2, 3))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("'encoder.0.W': 2 of 3 elements differ")
        .hasMessageContaining("worst at index 2: expected 3.0")
        .hasMessageContaining("found 3.5");
  }

  @Test
  void refusesNumbersThatAreNotFinite() {
    assertThatThrownBy(() -> compare(new float[] {1, Float.NaN}, 1, 2))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("index 1");
    assertThatThrownBy(() -> compare(new float[] {Float.POSITIVE_INFINITY}, 1))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void refusesAnotherLength() {
    assertThatThrownBy(() -> compare(new float[] {1}, 1, 2))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("length of 'encoder.0.W'");
  }
}
