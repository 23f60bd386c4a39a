package io.sparkrnn.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sparkrnn.error.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a safetensors file that may come from anywhere: nothing in it is believed unchecked. */
final class SafetensorsParser {
  private static final Set<String> TENSOR_FIELDS = Set.of("dtype", "shape", "data_offsets");
  private static final int LONGEST_MESSAGE = 500;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final String file;
  private final InputStream in;
  private final long length;
  private long dataLength;

  SafetensorsParser(String file, InputStream in, long length) {
    this.file = file;
    this.in = in;
    this.length = length;
  }

  /** Where a tensor lies: bytes from {@code begin} to before {@code end} of the data. */
  private record Entry(
      String name, List<Integer> shape, int count, int width, long begin, long end) {}

  Safetensors parse() throws IOException {
    JsonNode header = header();
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals(Safetensors.METADATA)) {
        readMetadata(field.getValue(), metadata);
      } else {
        entries.add(entry(field.getKey(), field.getValue()));
      }
    }
    List<Entry> byPosition = new ArrayList<>(entries);
    byPosition.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    checkCoverage(byPosition);
    Map<String, FloatTensor> read = new LinkedHashMap<>();
    for (Entry entry : byPosition) {
      read.put(entry.name(), tensor(entry));
    }
    return new Safetensors(
        metadata, entries.stream().map(entry -> read.get(entry.name())).toList());
  }

  private JsonNode header() throws IOException {
    if (length < Long.BYTES) {
      throw failure("expected at least 8 bytes, found " + length);
    }
    long size = ByteBuffer.wrap(bytes(Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long most = Math.min(Safetensors.LONGEST_HEADER, length - Long.BYTES);
    if (size < 2 || size > most) {
      throw failure(
          "expected a header of 2 to "
              + most
              + " bytes, found a length of "
              + Long.toUnsignedString(size));
    }
    dataLength = length - Long.BYTES - size;
    byte[] bytes = bytes((int) size);
    if (bytes[0] != '{') {
      throw failure("expected a header that begins with {, found the byte " + (bytes[0] & 0xFF));
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new DataException(
          message("expected a header of one JSON object, found: " + e.getOriginalMessage()), e);
    } catch (CharacterCodingException e) {
      throw new DataException(message("expected a header in UTF-8, found other bytes"), e);
    }
  }

  private void readMetadata(JsonNode node, Map<String, String> metadata) {
    if (!node.isObject()) {
      throw failure("__metadata__: expected an object of texts, found " + node.getNodeType());
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isTextual()) {
        throw failure(
            "__metadata__, \""
                + field.getKey()
                + "\": expected a text, found "
                + field.getValue().getNodeType());
      }
      metadata.put(field.getKey(), field.getValue().textValue());
    }
  }

  private Entry entry(String name, JsonNode node) {
    List<String> fields = new ArrayList<>();
    node.fieldNames().forEachRemaining(fields::add);
    if (!Set.copyOf(fields).equals(TENSOR_FIELDS)) {
      throw failure(
          tensor(name) + "expected an object of dtype, shape and data_offsets, found " + fields);
    }
    int width = width(name, node.get("dtype"));
    List<Integer> shape = new ArrayList<>();
    long count = 1;
    for (long size : integers(name, "shape", node.get("shape"))) {
      if (size > Integer.MAX_VALUE || (count = count * size) > Integer.MAX_VALUE) {
        throw failure(
            tensor(name) + "expected fewer than 2^31 values, found the shape " + node.get("shape"));
      }
      shape.add((int) size);
    }
    List<Long> offsets = integers(name, "data_offsets", node.get("data_offsets"));
    if (offsets.size() != 2) {
      throw failure(tensor(name) + "data_offsets: expected two numbers, found " + offsets);
    }
    long begin = offsets.get(0);
    long end = offsets.get(1);
    if (begin > end || end > dataLength) {
      throw failure(
          tensor(name)
              + "data_offsets: expected 0 <= begin <= end <= "
              + dataLength
              + " (the bytes of data in the file), found "
              + offsets);
    }
    if (end - begin != count * width) {
      throw failure(
          tensor(name)
              + "expected "
              + count * width
              + " bytes for the shape "
              + shape
              + ", found data_offsets "
              + offsets);
    }
    return new Entry(name, shape, (int) count, width, begin, end);
  }

  private int width(String name, JsonNode dtype) {
    return switch (dtype.asText()) {
      case "F32" -> Float.BYTES;
      case "F64" -> Double.BYTES;
      default -> throw failure(tensor(name) + "dtype: expected F32 or F64, found " + dtype);
    };
  }

  private List<Long> integers(String name, String field, JsonNode node) {
    List<Long> values = new ArrayList<>();
    if (node.isArray()) {
      for (JsonNode element : node) {
        if (element.isIntegralNumber() && element.canConvertToLong() && element.longValue() >= 0) {
          values.add(element.longValue());
        }
      }
    }
    if (!node.isArray() || values.size() != node.size()) {
      throw failure(
          tensor(name) + field + ": expected an array of whole numbers from 0, found " + node);
    }
    return values;
  }

  private void checkCoverage(List<Entry> byPosition) {
    long covered = 0;
    for (Entry entry : byPosition) {
      if (entry.begin() != covered) {
        throw failure(
            tensor(entry.name())
                + "expected its data to begin at "
                + covered
                + ", where those before it end, found "
                + entry.begin());
      }
      covered = entry.end();
    }
    if (covered != dataLength) {
      throw failure(
          "expected the tensors to cover the " + dataLength + " bytes of data, found " + covered);
    }
  }

  private FloatTensor tensor(Entry entry) throws IOException {
    float[] values = new float[entry.count()];
    int perChunk = Safetensors.CHUNK_BYTES / entry.width();
    for (int first = 0; first < values.length; first += perChunk) {
      int count = Math.min(perChunk, values.length - first);
      ByteBuffer chunk =
          ByteBuffer.wrap(bytes(count * entry.width())).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = first; i < first + count; i++) {
        values[i] = entry.width() == Float.BYTES ? chunk.getFloat() : (float) chunk.getDouble();
      }
    }
    return new FloatTensor(entry.name(), entry.shape(), values, 0);
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new DataException(
          message("expected " + length + " bytes, found that it ends before; is it whole?"),
          new EOFException());
    }
    return bytes;
  }

  private static String tensor(String name) {
    return "tensor \"" + name + "\": ";
  }

  private String message(String expectedFound) {
    String shortened =
        expectedFound.length() <= LONGEST_MESSAGE
            ? expectedFound
            : expectedFound.substring(0, LONGEST_MESSAGE) + "…";
    return file + " is no valid safetensors file: " + shortened;
  }

  private DataException failure(String expectedFound) {
    return new DataException(message(expectedFound));
  }
}
