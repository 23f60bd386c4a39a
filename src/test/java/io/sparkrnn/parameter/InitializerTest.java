package io.sparkrnn.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.Rows;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Beginning values: orthogonal blocks, bounds and spread, and nothing but the tensor is written.
 */
class InitializerTest {
  private static Rows filled(Initializer initializer, int rows, int columns) {
    Rows tensor = Rows.zeros(rows, columns);
    initializer.fill(tensor, RandomKey.ofSeed(6).stream());
    return tensor;
  }

  @Test
  void blocksAreOrthogonal() {
    for (int size : new int[] {1, 2, 5, 32}) {
      Rows tensor = filled(Initializer.orthogonalBlocks(), 3 * size, size);
      for (int gate = 0; gate < 3; gate++) {
        assertOrthogonal(tensor.slice(gate * size, size));
      }
      assertThat(tensor.slice(0, size).toArray())
          .as("blocks are drawn one by one")
          .isNotEqualTo(tensor.slice(size, size).toArray());
    }
  }

  private static void assertOrthogonal(Rows block) {
    for (int i = 0; i < block.count(); i++) {
      for (int k = 0; k < block.count(); k++) {
        int row = i;
        int other = k;
        double rows =
            IntStream.range(0, block.width())
                .mapToDouble(j -> (double) block.get(row, j) * block.get(other, j))
                .sum();
        double columns =
            IntStream.range(0, block.width())
                .mapToDouble(j -> (double) block.get(j, row) * block.get(j, other))
                .sum();
        assertThat(rows).isEqualTo(i == k ? 1 : 0, within(1e-6));
        assertThat(columns).isEqualTo(i == k ? 1 : 0, within(1e-6));
      }
    }
  }

  @Test
  void glorotFillsItsBounds() {
    Rows tensor = filled(Initializer.glorot(20), 80, 30); // four gates of 20 units on 30 inputs
    float bound = (float) Math.sqrt(6.0 / (20 + 30));
    float[] values = tensor.toArray();
    for (float value : values) {
      assertThat(value).isBetween(-bound, bound);
    }
    double squares = IntStream.range(0, 2400).mapToDouble(i -> values[i] * values[i]).sum();
    assertThat(squares / 2400).isEqualTo(bound * bound / 3.0, within(0.1 * bound * bound / 3));
    assertThat(IntStream.range(0, 2400).mapToDouble(i -> values[i]).sum() / 2400)
        .isEqualTo(0, within(0.05 * bound));
  }

  @Test
  void normalHasItsDeviation() {
    float[] values = filled(Initializer.normal(0.25), 60, 60).toArray();
    double squares = IntStream.range(0, 3600).mapToDouble(i -> values[i] * values[i]).sum();
    assertThat(Math.sqrt(squares / 3600)).isEqualTo(0.25, within(0.01));
  }

  @Test
  void onlyTheTensorIsWritten() {
    for (Initializer initializer :
        new Initializer[] {
          Initializer.zeros(),
          Initializer.glorot(3),
          Initializer.normal(1),
          Initializer.orthogonalBlocks()
        }) {
      float[] data = new float[2 + 3 * 5];
      Arrays.fill(data, 9f);
      initializer.fill(new Rows(data, 2, 3, 3, 5), RandomKey.ofSeed(6).stream());
      for (int i : new int[] {0, 1, 5, 6, 10, 11, 15, 16}) {
        assertThat(data[i]).isEqualTo(9f);
      }
      assertThat(data[2]).isNotEqualTo(9f);
      assertThat(data[14]).isNotEqualTo(9f);
    }
  }

  @Test
  void aKeyDecidesAll() {
    assertThat(filled(Initializer.glorot(4), 4, 4).toArray())
        .isEqualTo(filled(Initializer.glorot(4), 4, 4).toArray());
  }
}
