package io.sparkrnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Floats arrive as they left, to the bit. */
class FloatBlockTest {

  @ParameterizedTest
  @CsvSource({
    "0,0,0",
    "1,0,1",
    "5,2,2",
    "100,3,98",
    "16384,0,16384",
    "16385,0,16385",
    "50000,1,49999"
  })
  void anyRangeArrivesToTheBit(int length, int from, int to) throws Exception {
    Random random = new Random(length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    FloatBlock sent = new FloatBlock(values, from, to);
    float[] expected = Arrays.copyOfRange(values, from, to);
    assertThat(bits(sent.values())).isEqualTo(bits(expected));
    assertThat(bits(sentAndRead(sent).values())).isEqualTo(bits(expected));
  }

  @Test
  void specialValuesKeepTheirBits() throws Exception {
    float[] values = {
      Float.NaN, Float.intBitsToFloat(0x7FC0_1234), Float.NEGATIVE_INFINITY, -0f, Float.MIN_VALUE
    };
    assertThat(bits(sentAndRead(new FloatBlock(values)).values())).isEqualTo(bits(values));
  }

  @Test
  void aWholeArrayIsNotCopied() {
    float[] values = {1, 2};
    assertThat(new FloatBlock(values).values()).isSameAs(values);
  }

  private static FloatBlock sentAndRead(FloatBlock block)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(block);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (FloatBlock) in.readObject();
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }
}
