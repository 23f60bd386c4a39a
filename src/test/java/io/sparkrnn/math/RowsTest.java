package io.sparkrnn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Views share their array, and touch nothing of it but their own rows and columns. */
class RowsTest {
  /** 4 × 3 of the numbers 0 … 15, stride 4, from index 1. */
  private static Rows view() {
    float[] data = new float[16];
    IntStream.range(0, 16).forEach(i -> data[i] = i);
    return new Rows(data, 1, 4, 3, 4);
  }

  @Test
  void slicesAndColumnsAreViewsOfTheSameNumbers() {
    Rows view = view();
    Rows inner = view.slice(1, 2).columns(1, 2);
    assertThat(inner.toArray()).containsExactly(6, 7, 10, 11);
    inner.set(1, 0, 99f);
    assertThat(view.get(2, 1)).isEqualTo(99f);
    assertThat(inner.contiguous()).isFalse();
    assertThat(view.slice(0, 1).contiguous()).isTrue();
    assertThat(Rows.zeros(2, 5).contiguous()).isTrue();
  }

  @Test
  void writingLeavesTheGapsAlone() {
    Rows view = view();
    view.fill(-1f);
    Rows copied = view();
    copied.copyFrom(Rows.zeros(4, 3));
    Rows filled = view();
    filled.fillRows(Rows.of(new float[] {7, 8, 9}, 1, 3));
    for (Rows each : new Rows[] {view, copied, filled}) {
      assertThat(new float[] {each.data()[0], each.data()[4], each.data()[8], each.data()[12]})
          .containsExactly(0, 4, 8, 12);
    }
    assertThat(view.toArray()).containsOnly(-1f);
    assertThat(copied.toArray()).containsOnly(0f);
    assertThat(filled.slice(3, 1).toArray()).containsExactly(7, 8, 9);
  }

  @Test
  void sums() {
    Rows view = view();
    view.add(view());
    assertThat(view.slice(3, 1).toArray()).containsExactly(26, 28, 30);
    Rows sums = Rows.of(new float[] {100, 0, 0}, 1, 3);
    sums.addColumnSums(view());
    assertThat(sums.toArray()).containsExactly(100 + 1 + 5 + 9 + 13, 32, 36);
  }

  @Test
  void viewsOutsideTheirArrayAndWrongShapesAreRefused() {
    float[] data = new float[12];
    assertThat(new Rows(data, 2, 3, 2, 4).count()).isEqualTo(3);
    assertThatThrownBy(() -> new Rows(data, 3, 3, 2, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("12 floats");
    assertThatThrownBy(() -> new Rows(data, 0, 2, 3, 2))
        .isInstanceOf(IllegalArgumentException.class);
    Rows view = view();
    Rows wider = Rows.zeros(4, 4);
    assertThatThrownBy(() -> view.copyFrom(wider))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 4 × 4, found 4 × 3");
    assertThatThrownBy(() -> view.add(wider)).isInstanceOf(IllegalArgumentException.class);
  }
}
