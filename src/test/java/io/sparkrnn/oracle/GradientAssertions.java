package io.sparkrnn.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;

/** Comparison of float tensors with the oracle's. */
public final class GradientAssertions {
  private GradientAssertions() {}

  /**
   * Fails with the worst element of the tensor if any is farther from what is expected than the
   * tolerance allows, or is not finite.
   *
   * @param name of the tensor, for the message
   */
  public static void assertClose(
      String name, float[] actual, double[] expected, Tolerance tolerance) {
    double[] widened = new double[actual.length];
    for (int i = 0; i < actual.length; i++) {
      widened[i] = actual[i];
    }
    assertClose(name, widened, expected, tolerance);
  }

  /** The same for a tensor in double. */
  public static void assertClose(
      String name, double[] actual, double[] expected, Tolerance tolerance) {
    assertThat(actual.length).as("length of '%s'", name).isEqualTo(expected.length);
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    int worst = -1;
    double worstDifference = -1;
    int wrong = 0;
    for (int i = 0; i < actual.length; i++) {
      double difference = Math.abs(actual[i] - expected[i]);
      if (!Double.isFinite(difference)) {
        difference = Double.POSITIVE_INFINITY;
      }
      if (difference > worstDifference) {
        worst = i;
        worstDifference = difference;
      }
      wrong += difference > tolerance.bound(largest) ? 1 : 0;
    }
    if (wrong > 0) {
      fail(
          "'%s': %d of %d elements differ; worst at index %d: expected %.9g, found %.9g, difference"
              + " %.3g, allowed %.3g (%.1g of the largest magnitude %.6g, plus %.1g)",
          name,
          wrong,
          actual.length,
          worst,
          expected[worst],
          actual[worst],
          worstDifference,
          tolerance.bound(largest),
          tolerance.relative(),
          largest,
          tolerance.absolute());
    }
  }
}
