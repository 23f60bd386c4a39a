package io.sparkrnn.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.DataException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  private static final String ONE = "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}";

  @Test
  void whatIsWrittenIsReadBackToTheBit() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 50; round++) {
      Safetensors written = random(random);
      Safetensors read = read(bytes(written));
      assertThat(read.metadata()).isEqualTo(written.metadata());
      assertThat(read.tensors().keySet()).containsExactlyElementsOf(written.tensors().keySet());
      read.tensors()
          .forEach(
              (name, tensor) -> {
                assertThat(tensor.shape()).isEqualTo(written.tensors().get(name).shape());
                assertThat(bits(tensor)).isEqualTo(bits(written.tensors().get(name)));
              });
      assertThat(bytes(read)).isEqualTo(bytes(written));
    }
  }

  @Test
  void theBytesAreThoseOfTheFormat() throws IOException {
    float[] data = {9, 1, 2, 3, 4, 5, 6, 7};
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put("a", "ü");
    byte[] written =
        bytes(
            new Safetensors(
                metadata,
                List.of(
                    new FloatTensor("z.W", List.of(2, 3), data, 1),
                    new FloatTensor("a.b", List.of(), data, 7))));

    String header =
        ("{'__metadata__':{'format':'pt','a':'ü'},"
                + "'z.W':{'dtype':'F32','shape':[2,3],'data_offsets':[0,24]},"
                + "'a.b':{'dtype':'F32','shape':[],'data_offsets':[24,28]}}")
            .replace('\'', '"');
    int size = header.getBytes(StandardCharsets.UTF_8).length;
    int padded = (size + 7) / 8 * 8;
    ByteBuffer expected =
        ByteBuffer.allocate(8 + padded + 28).order(ByteOrder.LITTLE_ENDIAN).putLong(padded);
    expected.put((header + " ".repeat(padded - size)).getBytes(StandardCharsets.UTF_8));
    for (float value : new float[] {1, 2, 3, 4, 5, 6, 7}) {
      expected.putFloat(value);
    }
    assertThat(written).isEqualTo(expected.array());
  }

  @Test
  void noTensorAtAllIsAFile() throws IOException {
    Safetensors read = read(bytes(new Safetensors(Map.of(), List.of())));
    assertThat(read.tensors()).isEmpty();
    assertThat(read.metadata()).isEmpty();
  }

  @Test
  void doublesAreRoundedToFloats() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(0.1).putDouble(-2);
    String header = "{'a':{'dtype':'F64','shape':[2],'data_offsets':[0,16]}}";
    assertThat(read(file(header, data.array())).tensors().get("a").values())
        .containsExactly(0.1f, -2f);
  }

  @Test
  void tensorsMayLieInAnotherOrderThanTheHeaderNamesThem() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(1).putFloat(2).putFloat(3);
    String header =
        "{'late':{'dtype':'F32','shape':[1],'data_offsets':[8,12]},"
            + "'early':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}";
    Safetensors read = read(file(header, data.array()));
    assertThat(read.tensors().keySet()).containsExactly("late", "early");
    assertThat(read.tensors().get("late").values()).containsExactly(3f);
    assertThat(read.tensors().get("early").values()).containsExactly(1f, 2f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}; expected 12 bytes for the shape"
            + " [3]",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,9]}}; expected 0 <= begin <= end <= 8",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}; expected 0 <= begin <= end <= 8",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}}; expected an array of whole"
            + " numbers from 0",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8,8]}}; expected two numbers",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}; expected its data to begin at 0",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}; expected the tensors to cover the"
            + " 8 bytes of data, found 4",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}};"
            + " tensor \"b\": expected its data to begin at 8",
        "{'a':{'dtype':'BF16','shape':[4],'data_offsets':[0,8]}}; dtype: expected F32 or F64, found"
            + " \"BF16\"",
        "{'a':{'dtype':'F32','shape':[2147483647,2147483647,4],'data_offsets':[0,8]}}; expected"
            + " fewer than 2^31 values",
        "{'a':{'dtype':'F32','shape':[4294967296],'data_offsets':[0,8]}}; expected fewer than 2^31"
            + " values",
        "{'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]}}; shape: expected"
            + " an array of whole numbers",
        "{'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}; shape: expected an array of"
            + " whole numbers",
        "{'a':{'dtype':'F32','shape':2,'data_offsets':[0,8]}}; shape: expected an array of whole"
            + " numbers",
        "{'a':{'dtype':'F32','shape':[2]}}; expected an object of dtype, shape and data_offsets",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':1}}; expected an object of dtype,"
            + " shape and data_offsets",
        "{'a':1}; expected an object of dtype, shape and data_offsets",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{'dtype':'F32','shape':[0],'data_offsets':[8,8]}};"
            + " expected a header of one JSON object",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} {}; expected a header of one JSON"
            + " object",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}; expected a header of one JSON"
            + " object",
        "['a']; expected a header that begins with {",
        "{'__metadata__':{'k':1}}; __metadata__, \"k\": expected a text",
        "{'__metadata__':[]}; __metadata__: expected an object of texts",
      })
  void aHostileHeaderIsRefusedWithTheFile(String header, String message) {
    assertThatThrownBy(() -> read(file(header, new byte[8])))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("model.safetensors is no valid safetensors file: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "1000", "9223372036854775807", "-1", "100000001"})
  void aHeaderLengthThatCannotBeIsRefusedBeforeAnyAllocation(long headerLength) {
    ByteBuffer file = ByteBuffer.allocate(72).order(ByteOrder.LITTLE_ENDIAN).putLong(headerLength);
    assertThatThrownBy(() -> read(file.array()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected a header of 2 to 64 bytes");
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] whole = file(ONE, new byte[8]);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(DataException.class);
      assertThatThrownBy(
              () ->
                  Safetensors.read(
                      "model.safetensors", new ByteArrayInputStream(cut), whole.length))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("is it whole?");
    }
  }

  @Test
  void aHeaderThatIsNotUtf8IsRefused() {
    byte[] bytes = file("{'é':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}", new byte[8]);
    bytes[10] = (byte) 0xFF;
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void everyFlippedBitOfTheHeaderIsReadOrRefusedButNeverCrashes() {
    byte[] whole = file(ONE, new byte[8]);
    int read = 0;
    for (int bit = 0; bit < 8 * (whole.length - 8); bit++) {
      byte[] bytes = whole.clone();
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      try {
        read += read(bytes).tensors().size();
      } catch (DataException e) {
        assertThat(e).hasMessageStartingWith("model.safetensors");
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    assertThat(read).as("changes of the tensor's name alone").isBetween(1, 8);
  }

  @Test
  void twoTensorsOfOneNameAreNotWritten() {
    FloatTensor tensor = new FloatTensor("a", List.of(1), new float[1], 0);
    assertThatThrownBy(() -> new Safetensors(Map.of(), List.of(tensor, tensor)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a is taken");
  }

  @Test
  void aShapeThatDoesNotFitItsArrayIsRefused() {
    assertThatThrownBy(() -> new FloatTensor("a", List.of(2, 2), new float[4], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit into 4 values");
  }

  private static Safetensors random(SplittableRandom random) {
    float[] data = new float[40_000];
    for (int i = 0; i < data.length; i++) {
      data[i] = Float.intBitsToFloat(random.nextInt());
    }
    List<FloatTensor> tensors = new ArrayList<>();
    for (int i = 0; i < random.nextInt(5); i++) {
      List<Integer> shape = new ArrayList<>();
      for (int rank = random.nextInt(4); rank > 0; rank--) {
        shape.add(random.nextInt(30));
      }
      tensors.add(new FloatTensor("layer \"" + i + "\"/é", shape, data, random.nextInt(10_000)));
    }
    return new Safetensors(Map.of("seed", Long.toString(random.nextLong())), tensors);
  }

  private static int[] bits(FloatTensor tensor) {
    float[] values = tensor.values();
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  private static byte[] file(String header, byte[] data) {
    byte[] text = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(data)
        .array();
  }

  private static byte[] bytes(Safetensors content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    content.write(out);
    return out.toByteArray();
  }

  private static Safetensors read(byte[] bytes) throws IOException {
    return Safetensors.read("model.safetensors", new ByteArrayInputStream(bytes), bytes.length);
  }
}
