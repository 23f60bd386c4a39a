package io.sparkrnn.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of a safetensors file: named float32 tensors and a map of texts.
 *
 * <p>Format: the length N of the header as unsigned 64-bit integer; N bytes of JSON, padded with
 * blanks so that the data begin at a multiple of 8; the data of all tensors, one after another with
 * no gap. The header maps each name to {@code dtype}, {@code shape} and {@code data_offsets} (first
 * byte and the byte after the last, counted from the start of the data); {@code __metadata__} maps
 * texts to texts. All numbers are little-endian. The same content in the same order is always
 * written as the same bytes.
 *
 * <p>Reference: huggingface/safetensors, format description and its validation rules.
 */
public final class Safetensors {
  /** Longest header that is read, in bytes, as in the reference implementation. */
  public static final int LONGEST_HEADER = 100_000_000;

  static final String METADATA = "__metadata__";
  static final int CHUNK_BYTES = 1 << 16;

  private final Map<String, String> metadata;
  private final Map<String, FloatTensor> tensors;

  /**
   * A file's content in the order in which it shall be written.
   *
   * @throws IllegalArgumentException if two tensors share a name, or one is named {@code
   *     __metadata__}
   */
  public Safetensors(Map<String, String> metadata, Collection<FloatTensor> tensors) {
    this.metadata = new LinkedHashMap<>(metadata);
    this.tensors = new LinkedHashMap<>();
    for (FloatTensor tensor : tensors) {
      boolean taken = this.tensors.putIfAbsent(tensor.name(), tensor) != null;
      if (taken || tensor.name().equals(METADATA)) {
        throw new IllegalArgumentException("the tensor name " + tensor.name() + " is taken");
      }
    }
  }

  /**
   * Reads and validates a whole file. Tensors of type F32 and F64 are read, the latter rounded to
   * float32; the header must be whole and exact: every offset inside the file, no overlap, no gap.
   *
   * @param file name of the file in error messages
   * @param in the file from its first byte; not closed
   * @param length size of the file in bytes, which bounds every allocation
   * @throws io.sparkrnn.error.DataException if the file is not what the format demands
   */
  public static Safetensors read(String file, InputStream in, long length) throws IOException {
    return new SafetensorsParser(file, in, length).parse();
  }

  /** Texts beside the tensors, in their order. */
  public Map<String, String> metadata() {
    return new LinkedHashMap<>(metadata);
  }

  /** The tensors by name, in their order. */
  public Map<String, FloatTensor> tensors() {
    return new LinkedHashMap<>(tensors);
  }

  /** Writes the whole file; the stream is flushed and not closed. */
  public void write(OutputStream out) throws IOException {
    byte[] header = header();
    out.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .array());
    out.write(header);
    for (FloatTensor tensor : tensors.values()) {
      writeValues(tensor, out);
    }
    out.flush();
  }

  private byte[] header() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(METADATA);
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long begin = 0;
      for (FloatTensor tensor : tensors.values()) {
        long end = begin + (long) Float.BYTES * tensor.count();
        json.writeObjectFieldStart(tensor.name());
        json.writeStringField("dtype", "F32");
        writeIntegers(json, "shape", tensor.shape());
        writeIntegers(json, "data_offsets", List.of(begin, end));
        json.writeEndObject();
        begin = end;
      }
      json.writeEndObject();
    }
    while (bytes.size() % Long.BYTES != 0) {
      bytes.write(' ');
    }
    return bytes.toByteArray();
  }

  private static void writeIntegers(JsonGenerator json, String field, List<? extends Number> values)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (Number value : values) {
      json.writeNumber(value.longValue());
    }
    json.writeEndArray();
  }

  private static void writeValues(FloatTensor tensor, OutputStream out) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < tensor.count(); i++) {
      if (!chunk.hasRemaining()) {
        out.write(chunk.array());
        chunk.clear();
      }
      chunk.putFloat(tensor.get(i));
    }
    out.write(chunk.array(), 0, chunk.position());
  }
}
