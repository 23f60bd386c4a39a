package io.sparkrnn.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;

/** Agreement of numbers to a relative tolerance. */
final class Closeness {
  private Closeness() {}

  static void assertClose(String what, double actual, double expected, double tolerance) {
    assertThat(actual).as(what).isCloseTo(expected, Offset.offset(tolerance * Math.abs(expected)));
  }

  static void assertClose(String what, double[] actual, double[] expected, double tolerance) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertClose(what + " [" + i + "]", actual[i], expected[i], tolerance);
    }
  }
}
