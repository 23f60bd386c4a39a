package io.sparkrnn.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Rows lie time-major, longest sequence first, without padding. */
class PackingTest {
  /** Ranks: sequence 1 of 4 steps, 0 and 3 of 2, 2 of 1. */
  private final Packing packing = new Packing(new int[] {2, 4, 1, 2});

  @Test
  void rowsByHand() {
    assertThat(packing.sequences()).isEqualTo(4);
    assertThat(packing.steps()).isEqualTo(4);
    assertThat(packing.totalRows()).isEqualTo(9);
    assertThat(new int[] {packing.sequenceAt(0), packing.sequenceAt(1), packing.sequenceAt(2)})
        .as("equal lengths keep their order")
        .containsExactly(1, 0, 3);
    assertThat(packing.sequenceAt(3)).isEqualTo(2);
    assertThat(new int[] {packing.activeAt(0), packing.activeAt(1), packing.activeAt(2)})
        .containsExactly(4, 3, 1);
    assertThat(new int[] {packing.rowOffset(0), packing.rowOffset(1), packing.rowOffset(3)})
        .containsExactly(0, 4, 8);
    assertThat(packing.row(2, 1)).isEqualTo(6);
    assertThat(packing.lastRow(0)).isEqualTo(8);
    assertThat(packing.lastRow(3)).isEqualTo(3);
    assertThat(packing.length(0)).isEqualTo(4);
    assertThat(packing.ranks()).containsExactly(0, 1, 2, 3, 0, 1, 2, 0, 0);
    assertThat(packing.reversedRows()).containsExactly(8, 5, 6, 3, 7, 1, 2, 4, 0);
  }

  @Test
  void reversingTwiceIsNothing() {
    int[] reversed = new Packing(new int[] {3, 9, 9, 1, 5, 2}).reversedRows();
    for (int row = 0; row < reversed.length; row++) {
      assertThat(reversed[reversed[row]]).isEqualTo(row);
    }
  }

  @Test
  void noSequenceAndEmptySequencesAreRefused() {
    assertThatThrownBy(() -> new Packing(new int[0])).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Packing(new int[] {3, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty");
  }
}
