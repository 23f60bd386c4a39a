package io.sparkrnn.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A gradient knows which rows of its tables were touched, and works on those alone. */
class GradientTest {
  private static final ParameterLayout LAYOUT =
      ParameterLayout.builder()
          .vector("a", 2, Initializer.zeros())
          .table("first", 100, 3, Initializer.zeros())
          .vector("b", 1, Initializer.zeros())
          .matrix("c", 2, 2, Initializer.zeros())
          .table("second", 4, 2, Initializer.zeros())
          .build();

  /** Index of the first value of a row of the table {@code first}. */
  private static int row(int row) {
    return 2 + 3 * row;
  }

  private static List<List<Integer>> ranges(Gradient gradient) {
    List<List<Integer>> ranges = new ArrayList<>();
    gradient.forEachRange((from, to, decayed) -> ranges.add(List.of(from, to)));
    return ranges;
  }

  @Test
  void denseTensorsAreAlwaysThereAndRowsOfTablesOnceTouched() {
    Gradient gradient = new Gradient(LAYOUT);
    assertThat(ranges(gradient)).containsExactly(List.of(0, 2), List.of(302, 307));
    assertThat(gradient.table("first").touch(7)).isEqualTo(row(7));
    gradient.table("first").touch(2);
    gradient.table("first").touch(7);
    gradient.table("second").touch(3);
    assertThat(ranges(gradient))
        .containsExactly(
            List.of(0, 2),
            List.of(302, 307),
            List.of(row(2), row(3)),
            List.of(row(7), row(8)),
            List.of(313, 315));
  }

  @Test
  void manyRowsAreTouchedInAnyOrderAndComeInTheirOwn() {
    Gradient gradient = new Gradient(LAYOUT);
    for (int i = 0; i < 300; i++) {
      gradient.table("first").touch(i * 37 % 100);
    }
    List<List<Integer>> ranges = ranges(gradient);
    assertThat(ranges).hasSize(102);
    for (int i = 0; i < 100; i++) {
      assertThat(ranges.get(2 + i)).isEqualTo(List.of(row(i), row(i + 1)));
    }
  }

  @Test
  void clearingForgetsWhatWasTouched() {
    Gradient gradient = new Gradient(LAYOUT);
    gradient.rows("c").fill(2f);
    gradient.values()[gradient.table("first").touch(7) + 1] = 5f;
    assertThat(gradient.squaredNorm()).isEqualTo(4 * 4 + 25);
    gradient.clear();
    assertThat(gradient.values()).containsOnly(0f);
    assertThat(gradient.squaredNorm()).isZero();
    assertThat(ranges(gradient)).hasSize(2);
    gradient.table("first").touch(7);
    assertThat(ranges(gradient)).hasSize(3);
  }

  @Test
  void aWholeGradientTouchesTheRowsThatAreNotZero() {
    float[] whole = new float[LAYOUT.size()];
    whole[0] = 1f;
    whole[row(99) + 2] = -3f;
    whole[LAYOUT.entry("second").offset()] = 2f;
    Gradient gradient = new Gradient(LAYOUT);
    gradient.values()[gradient.table("first").touch(7)] = 5f;
    gradient.set(whole);
    assertThat(gradient.values()).isEqualTo(whole);
    assertThat(ranges(gradient))
        .containsExactly(
            List.of(0, 2), List.of(302, 307), List.of(row(99), row(100)), List.of(307, 309));
  }

  @Test
  void theNormIsSummedInDouble() {
    Gradient gradient = new Gradient(LAYOUT);
    gradient.rows("a").fill(3e30f);
    assertThat(gradient.squaredNorm()).isGreaterThan(1.7e61).isLessThan(1.9e61);
  }

  @Test
  void aDenseTensorIsNoTable() {
    Gradient gradient = new Gradient(LAYOUT);
    assertThatThrownBy(() -> gradient.table("c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("c is not a lookup table");
  }
}
