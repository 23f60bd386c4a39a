package io.sparkrnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Ticks are round numbers within the axis, however odd the values. */
class AxisTest {

  @Test
  void ticksAreRoundAndCoverTheValues() {
    assertThat(labels(LinearAxis.covering(new double[] {0.931, 0.978})))
        .containsExactly("0.93", "0.94", "0.95", "0.96", "0.97", "0.98");
    assertThat(labels(LinearAxis.covering(new double[] {-37, 212})))
        .containsExactly("-50", "0", "50", "100", "150", "200", "250");
    assertThat(labels(LinearAxis.covering(new double[] {0, 1})))
        .containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1.0");
  }

  @Test
  void epochsAreCountedInWholeNumbers() {
    assertThat(labels(LinearAxis.counting(1, 3))).containsExactly("1", "2", "3");
    assertThat(labels(LinearAxis.counting(1, 1))).containsExactly("1");
    assertThat(labels(LinearAxis.counting(1, 50))).containsExactly("10", "20", "30", "40", "50");
    assertThat(LinearAxis.counting(1, 1).position(1)).isEqualTo(0.5);
  }

  @Test
  void constantEmptyTinyAndHugeValuesHaveAnAxis() {
    for (double[] values :
        new double[][] {
          {},
          {0},
          {5, 5},
          {Double.NaN},
          {1e300},
          {Double.POSITIVE_INFINITY},
          {1e-320, 2e-320},
          {-1e100, 1e100},
          {1e15, 1e15 + 1},
          {-0.0, 1e-310}
        }) {
      Axis axis = LinearAxis.covering(values);
      assertThat(axis.ticks()).hasSizeBetween(2, 12);
      for (double tick : axis.ticks()) {
        assertThat(axis.position(tick)).isBetween(-1e-6, 1 + 1e-6);
        assertThat(axis.label(tick)).isNotEqualTo("–");
      }
    }
  }

  @Test
  void lossesOverDecadesAreLogarithmic() {
    Axis wide = Axis.ofLosses(new double[] {2, 0.05, Double.NaN});
    Axis narrow = Axis.ofLosses(new double[] {2, 0.5});

    assertThat(wide).isInstanceOf(LogarithmicAxis.class);
    assertThat(labels(wide)).containsExactly("0.05", "0.1", "0.2", "0.5", "1", "2");
    assertThat(wide.position(Math.sqrt(2 * 0.05))).isCloseTo(0.5, within(1e-12));
    assertThat(narrow).isInstanceOf(LinearAxis.class);
    assertThat(Axis.ofLosses(new double[] {100, 0})).isInstanceOf(LinearAxis.class);
    assertThat(Axis.ofLosses(new double[] {1e90, 1e-90}).ticks()).hasSizeBetween(3, 12);
    assertThat(Axis.ofLosses(new double[] {1e-320, 1})).isInstanceOf(Axis.class);
  }

  private static List<String> labels(Axis axis) {
    return axis.ticks().stream().map(axis::label).toList();
  }
}
