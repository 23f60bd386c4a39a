package io.sparkrnn.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * {@code math.backend = java} gives the same bytes on any machine: what it computes from fixed
 * numbers is pinned, so that neither a machine nor a change of ours alters it in silence.
 */
class JavaBytesTest {

  private static Rows drawn(int count, int width, long seed) {
    Rows rows = Rows.zeros(count, width);
    RandomStream random = RandomKey.ofSeed(seed).stream();
    for (int i = 0; i < rows.data().length; i++) {
      rows.data()[i] = 8 * random.nextFloat() - 4;
    }
    return rows;
  }

  /** FNV-1a over the bits. */
  private static long hash(float[] values) {
    long hash = 0xCBF29CE484222325L;
    for (float value : values) {
      hash = (hash ^ Float.floatToRawIntBits(value)) * 0x100000001B3L;
    }
    return hash;
  }

  @Test
  void products() {
    Rows a = drawn(9, 301, 1);
    Rows b = drawn(301, 530, 2);
    Rows c = Rows.zeros(9, 530);
    new JavaGemm().multiply(false, false, 0.5f, a, b, 0f, c);
    assertThat(hash(c.data())).isEqualTo(-1099003641413226890L);
    Rows packed = Rows.zeros(9, 530);
    JavaGemm gemm = new JavaGemm();
    gemm.multiply(a, gemm.pack(b, false), 0f, packed);
    assertThat(hash(packed.data())).isEqualTo(-2535515432409616778L);
  }

  @Test
  void activations() {
    float[] values = drawn(40, 50, 3).data();
    Activation.tanh(values, 0, 1000);
    Activation.logistic(values, 1000, 2000);
    assertThat(hash(values)).isEqualTo(-1375042375580902755L);
  }

  @Test
  void softmax() {
    Rows scores = drawn(40, 50, 4);
    for (int row = 0; row < scores.count(); row++) {
      Softmax.row(scores.data(), scores.start(row), scores.width());
    }
    assertThat(hash(scores.data())).isEqualTo(-4315366107122007242L);
  }
}
