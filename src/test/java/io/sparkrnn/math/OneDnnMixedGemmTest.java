package io.sparkrnn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.testing.Backends;
import java.util.Random;
import org.bytedeco.dnnl.global.dnnl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Products in a smaller type than float32. What converts, reorders and keeps room is the same for
 * every type, so it is compared in float32, which every processor has, with plain Java; in bf16
 * where the processor can, with factors that were rounded first.
 */
class OneDnnMixedGemmTest {

  /**
   * m, n, k. Of the last, two share the room that is made for a rounded k: the longer comes first.
   */
  private static final int[][] SIZES = {
    {1, 1, 1},
    {3, 5, 7},
    {64, 128, 33},
    {17, 50, 250},
    {40, 96, 1100},
    {130, 12, 280},
    {130, 12, 260}
  };

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void productsOfFloatsAreThoseOfPlainJava(boolean transposeA, boolean transposeB) {
    Backends.required(Backend.ONEDNN);
    assertProducts(new OneDnnMixedGemm("mixed", dnnl.dnnl_f32, openBlas()), transposeA, transposeB);
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void productsInBf16AreThoseOfRoundedFactors(boolean transposeA, boolean transposeB) {
    Backends.required(Backend.ONEDNN);
    assumeTrue(OneDnn.hasBf16(), "this processor has no bf16, only " + OneDnn.instructions());
    assertProducts(
        new OneDnnMixedGemm("mixed", dnnl.dnnl_bf16, openBlas()), transposeA, transposeB);
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void productsInBf16OfPlainJavaToo(boolean transposeA, boolean transposeB) {
    assertProducts(new JavaBf16Gemm(), transposeA, transposeB);
  }

  /** The spacing of bf16 is 2⁻⁷ between 1 and 2; its largest number is 2¹²⁸ − 2¹²⁰. */
  @Test
  void factorsAreRoundedToTheNearestOfBf16() {
    assertThat(JavaBf16Gemm.rounded(1 + 0x1.0p-8f)).as("half way, to even").isEqualTo(1f);
    assertThat(JavaBf16Gemm.rounded(1 + 0x3.0p-8f)).as("half way").isEqualTo(1 + 0x1.0p-6f);
    assertThat(JavaBf16Gemm.rounded(1 + 0x1.2p-8f)).isEqualTo(1 + 0x1.0p-7f);
    assertThat(JavaBf16Gemm.rounded(-0.1f)).isEqualTo(-0x1.9ap-4f);
    assertThat(JavaBf16Gemm.rounded(0x1.fep127f)).isEqualTo(0x1.fep127f);
    assertThat(JavaBf16Gemm.rounded(0x1.ffp127f)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(JavaBf16Gemm.rounded(Float.NaN)).isNaN();
    Rows one = Rows.of(new float[] {1 + 0x1.2p-8f}, 1, 1);
    Rows product = Rows.zeros(1, 1);
    new JavaBf16Gemm().multiply(false, false, 1f, one, one, 0f, product);
    assertThat(product.get(0, 0)).isEqualTo((1 + 0x1.0p-7f) * (1 + 0x1.0p-7f));
  }

  @Test
  void aProcessorWithoutBf16IsToldByItsInstructions() {
    Backends.required(Backend.ONEDNN);
    if (OneDnn.hasBf16()) {
      assertThat(Backend.gemm(Backend.choose(Backend.AUTO, Backend.BF16).name()).name())
          .isEqualTo("onednn-bf16");
    } else {
      assertThatThrownBy(() -> Backend.choose(Backend.AUTO, Backend.BF16))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("math.precision: bf16 needs a processor")
          .hasMessageContaining(OneDnn.instructions())
          .hasMessageContaining("float32");
    }
  }

  @Test
  void bf16IsRefusedForABackendWithoutIt() {
    assertThatThrownBy(() -> Backend.choose(Backend.OPENBLAS, Backend.BF16))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("math.precision")
        .hasMessageContaining("found openblas");
  }

  private static Gemm openBlas() {
    return Backend.gemm(Backend.OPENBLAS);
  }

  /**
   * Factors are small multiples of 1/8, which bf16 holds exactly: one expectation for all types.
   */
  private static void assertProducts(Gemm gemm, boolean transposeA, boolean transposeB) {
    Random random = new Random(5);
    Gemm plain = new JavaGemm();
    for (int[] size : SIZES) {
      for (float beta : new float[] {0f, 1f, 0.5f}) {
        Rows a = transposeA ? draw(size[2], size[0], random) : draw(size[0], size[2], random);
        Rows b = transposeB ? draw(size[1], size[2], random) : draw(size[2], size[1], random);
        Rows c = draw(size[0], size[1], random);
        Rows expected = Rows.of(c.toArray(), size[0], size[1]);
        plain.multiply(transposeA, transposeB, 1f, a, b, beta, expected);
        gemm.multiply(transposeA, transposeB, 1f, a, b, beta, c);
        assertSame(c, expected);
        if (!transposeA) {
          plain.multiply(false, transposeB, 1f, a, b, 1f, expected);
          gemm.multiply(a, gemm.pack(b, transposeB), 1f, c);
          assertSame(c, expected);
        }
      }
    }
  }

  private static void assertSame(Rows c, Rows expected) {
    for (int i = 0; i < c.count(); i++) {
      for (int j = 0; j < c.width(); j++) {
        assertThat(c.get(i, j)).isCloseTo(expected.get(i, j), within(1e-3f));
      }
    }
  }

  private static Rows draw(int count, int width, Random random) {
    Rows rows = new Rows(new float[2 + count * (width + 3)], 2, count, width, width + 3);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < width; j++) {
        rows.set(i, j, (random.nextInt(65) - 32) / 8f);
      }
    }
    return rows;
  }
}
