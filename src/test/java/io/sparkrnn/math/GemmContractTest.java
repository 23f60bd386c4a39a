package io.sparkrnn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.testing.Backends;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What both backends promise, at sizes around their blocks, on views with offsets and gaps, against
 * the product in double; and that nothing outside the result is written.
 */
class GemmContractTest {
  /** m, n, k: nothing, one, odd, and around the panels of 128 × 512. */
  private static final int[][] SIZES = {
    {0, 3, 2},
    {3, 0, 2},
    {3, 2, 0},
    {1, 1, 1},
    {1, 7, 3},
    {5, 1, 9},
    {4, 4, 4},
    {7, 5, 3},
    {3, 17, 31},
    {16, 33, 127},
    {2, 511, 128},
    {3, 513, 129},
    {65, 12, 260}
  };

  private static final float SENTINEL = 12345f;

  static Stream<Arguments> backendsAndTransposes() {
    List<Arguments> cases = new ArrayList<>();
    for (String backend : Backends.ALL) {
      for (boolean a : new boolean[] {false, true}) {
        for (boolean b : new boolean[] {false, true}) {
          cases.add(Arguments.of(backend, a, b));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("backendsAndTransposes")
  void productsAreThoseInDouble(String backend, boolean transposeA, boolean transposeB) {
    Gemm gemm = Backends.gemm(backend);
    Random random = new Random(1);
    for (int[] size : SIZES) {
      for (float[] factors : new float[][] {{1f, 0f}, {1f, 1f}, {-0.5f, 0.25f}, {2f, -1f}}) {
        Rows a = transposeA ? view(size[2], size[0], random) : view(size[0], size[2], random);
        Rows b = transposeB ? view(size[1], size[2], random) : view(size[2], size[1], random);
        Rows c = view(size[0], size[1], random);
        float[] before = c.data().clone();
        gemm.multiply(transposeA, transposeB, factors[0], a, b, factors[1], c);
        Product expected = new Product(transposeA, transposeB, factors[0], a, b, factors[1]);
        expected.assertEquals(before, c);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backendsAndTransposes")
  void packedProductsAreThoseInDoubleAndFollowTheWeights(
      String backend, boolean severalRows, boolean transposed) {
    Gemm gemm = Backends.gemm(backend);
    Random random = new Random(2);
    for (int[] size : SIZES) {
      int m = severalRows ? size[0] : Math.min(1, size[0]);
      Rows weights = transposed ? view(size[1], size[2], random) : view(size[2], size[1], random);
      try (Packed packed = gemm.pack(weights, transposed)) {
        for (float beta : new float[] {0f, 1f, 0.5f}) {
          Rows a = view(m, size[2], random);
          Rows c = view(m, size[1], random);
          float[] before = c.data().clone();
          gemm.multiply(a, packed, beta, c);
          new Product(false, transposed, 1f, a, weights, beta).assertEquals(before, c);
          draw(weights, random);
          packed.refill(weights);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.sparkrnn.testing.Backends#all")
  void withBetaZeroWhatTheResultHeldDoesNotMatter(String backend) {
    Gemm gemm = Backends.gemm(backend);
    Random random = new Random(3);
    for (int k : new int[] {0, 1, 5}) {
      Rows a = view(3, k, random);
      Rows b = view(k, 4, random);
      Rows c = view(3, 4, random);
      c.fill(Float.NaN);
      gemm.multiply(false, false, 1f, a, b, 0f, c);
      assertThat(c.toArray()).doesNotContain(Float.NaN);
      c.fill(Float.NaN);
      gemm.multiply(a, gemm.pack(b, false), 0f, c);
      assertThat(c.toArray()).doesNotContain(Float.NaN);
    }
  }

  @ParameterizedTest
  @MethodSource("io.sparkrnn.testing.Backends#all")
  void whatIsNotFiniteSpreadsAlongItsRowOrColumnAndNoFurther(String backend) {
    Gemm gemm = Backends.gemm(backend);
    for (float odd : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      Rows a = ones(9, 6);
      Rows b = ones(6, 19);
      a.set(2, 5, odd);
      assertOddOnly(gemm, a, b, odd, 2, -1);
      a.set(2, 5, 1f);
      b.set(0, 18, odd);
      assertOddOnly(gemm, a, b, odd, -1, 18);
    }
  }

  private static void assertOddOnly(Gemm gemm, Rows a, Rows b, float odd, int row, int column) {
    Rows plain = ones(a.count(), b.width());
    Rows packed = ones(a.count(), b.width());
    gemm.multiply(false, false, 1f, a, b, 0f, plain);
    gemm.multiply(a, gemm.pack(b, false), 0f, packed);
    Rows expected = ones(a.count(), b.width());
    for (int i = 0; i < expected.count(); i++) {
      for (int j = 0; j < expected.width(); j++) {
        expected.set(i, j, i == row || j == column ? odd : a.width());
      }
    }
    assertThat(plain.data()).isEqualTo(expected.data());
    assertThat(packed.data()).isEqualTo(expected.data());
  }

  @ParameterizedTest
  @MethodSource("io.sparkrnn.testing.Backends#all")
  void zeroTimesInfinityIsNotANumber(String backend) {
    Rows a = Rows.of(new float[] {0, 1}, 1, 2);
    Rows b = Rows.of(new float[] {Float.POSITIVE_INFINITY, 1, 1, 1}, 2, 2);
    Rows c = ones(1, 2);
    Backends.gemm(backend).multiply(false, false, 1f, a, b, 0f, c);
    assertThat(c.toArray()).containsExactly(Float.NaN, 1f);
  }

  @ParameterizedTest
  @MethodSource("io.sparkrnn.testing.Backends#all")
  void theSameProductHasTheSameBits(String backend) {
    Random random = new Random(4);
    Rows a = view(33, 65, random);
    Rows b = view(65, 47, random);
    Rows first = Rows.zeros(33, 47);
    Rows second = Rows.zeros(33, 47);
    Backends.gemm(backend).multiply(false, false, 1f, a, b, 0f, first);
    Backends.gemm(backend).multiply(false, false, 1f, a, b, 0f, second);
    assertThat(second.data()).isEqualTo(first.data());
  }

  @ParameterizedTest
  @MethodSource("io.sparkrnn.testing.Backends#all")
  void shapesThatDoNotFitAreRefused(String backend) {
    Gemm gemm = Backends.gemm(backend);
    Rows twoByThree = ones(2, 3);
    Rows threeByTwo = ones(3, 2);
    assertThatThrownBy(
            () -> gemm.multiply(false, false, 1f, twoByThree, twoByThree, 0f, twoByThree))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 × 3");
    assertThatThrownBy(
            () -> gemm.multiply(false, false, 1f, twoByThree, threeByTwo, 0f, threeByTwo))
        .isInstanceOf(IllegalArgumentException.class);
    Packed packed = gemm.pack(threeByTwo, false);
    assertThatThrownBy(() -> gemm.multiply(threeByTwo, packed, 0f, threeByTwo))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(gemm.name()).isEqualTo(backend);
  }

  /** A view into an array that ends with its last row, with sentinels before it and in its gaps. */
  private static Rows view(int count, int width, Random random) {
    int offset = random.nextInt(4);
    int stride = width + random.nextInt(4);
    int size = count == 0 ? offset : offset + (count - 1) * stride + width;
    float[] data = new float[size];
    Arrays.fill(data, SENTINEL);
    Rows rows = new Rows(data, offset, count, width, stride);
    draw(rows, random);
    return rows;
  }

  private static void draw(Rows rows, Random random) {
    for (int i = 0; i < rows.count(); i++) {
      for (int j = 0; j < rows.width(); j++) {
        rows.set(i, j, 2 * random.nextFloat() - 1);
      }
    }
  }

  private static Rows ones(int count, int width) {
    Rows rows = Rows.zeros(count, width);
    rows.fill(1f);
    return rows;
  }

  /** alpha·op(A)·op(B) + beta·C, written out. */
  private record Product(
      boolean transposeA, boolean transposeB, float alpha, Rows a, Rows b, float beta) {

    /** Compares with a result whose array held {@code before}. */
    void assertEquals(float[] before, Rows c) {
      float[] outside = c.data().clone();
      for (int i = 0; i < c.count(); i++) {
        for (int j = 0; j < c.width(); j++) {
          assertElement(i, j, before[c.start(i) + j], c);
          outside[c.start(i) + j] = before[c.start(i) + j];
        }
      }
      assertThat(outside).as("outside the view").isEqualTo(before);
    }

    private void assertElement(int i, int j, float before, Rows c) {
      int depth = transposeA ? a.count() : a.width();
      double sum = (double) beta * before;
      double magnitude = Math.abs(sum);
      for (int k = 0; k < depth; k++) {
        double left = transposeA ? a.get(k, i) : a.get(i, k);
        double right = transposeB ? b.get(j, k) : b.get(k, j);
        sum += alpha * left * right;
        magnitude += Math.abs(alpha * left * right);
      }
      // Each of the depth + 2 roundings is at most 2^−24 of a partial sum.
      double bound = (depth + 2) * 0x1.0p-24 * magnitude + 1e-12;
      assertThat(Math.abs(c.get(i, j) - sum))
          .as("%s, element %d, %d: expected %s, found %s", this, i, j, sum, c.get(i, j))
          .isLessThanOrEqualTo(bound);
    }
  }
}
