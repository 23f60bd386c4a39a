package io.sparkrnn.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.error.DataException;
import io.sparkrnn.format.FloatTensor;
import io.sparkrnn.format.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The folder of one checkpoint: data for any language, and no code.
 *
 * <pre>
 * arrays.safetensors   parameters, memory of the optimizer and of the driver, best parameters
 * progress.json        identity of the training, counts, history, and which array is what
 * manifest.json        SHA-256 of both, written last
 * </pre>
 *
 * @param identity of the training
 * @param progress of it
 */
record CheckpointFile(RunIdentity identity, TrainingProgress progress) {

  static final String ARRAYS = "arrays.safetensors";
  static final String PROGRESS = "progress.json";
  static final String MANIFEST = "manifest.json";
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writes all files into a folder that is not in its place yet. */
  void write(Storage folder) {
    CheckpointJson.NamedArrays arrays = new CheckpointJson.NamedArrays();
    ObjectNode tree = CheckpointJson.write(this, arrays);
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("format", FORMAT);
    ObjectNode sums = manifest.putObject("sha256");
    sums.put(ARRAYS, written(folder, ARRAYS, tensors(arrays)::write));
    sums.put(PROGRESS, written(folder, PROGRESS, out -> out.write(bytes(tree))));
    folder.write(MANIFEST, out -> out.write(bytes(manifest)));
  }

  /**
   * Reads a folder.
   *
   * @throws DataException if it is damaged
   */
  static CheckpointFile read(Storage folder) {
    JsonNode manifest = parse(MANIFEST, folder.read(MANIFEST, (in, length) -> in.readAllBytes()));
    if (manifest.path("format").asInt() != FORMAT) {
      throw new DataException(
          "%s: expected format %d, found %s"
              .formatted(MANIFEST, FORMAT, manifest.path("format").asText("none")));
    }
    JsonNode sums = manifest.path("sha256");
    byte[] text =
        folder.read(
            PROGRESS, (in, length) -> checked(sums, PROGRESS, in, InputStream::readAllBytes));
    Safetensors arrays =
        folder.read(
            ARRAYS,
            (in, length) ->
                checked(sums, ARRAYS, in, checked -> Safetensors.read(ARRAYS, checked, length)));
    try {
      return CheckpointJson.read(parse(PROGRESS, text), arrays.tensors());
    } catch (IllegalArgumentException e) {
      throw new DataException("%s: %s".formatted(PROGRESS, e.getMessage()), e);
    }
  }

  private static Safetensors tensors(CheckpointJson.NamedArrays arrays) {
    List<FloatTensor> tensors = new ArrayList<>();
    arrays.forEach(
        (name, values) -> tensors.add(new FloatTensor(name, List.of(values.length), values, 0)));
    return new Safetensors(Map.of(), tensors);
  }

  /** Writes a file and gives its sum. */
  private static String written(Storage folder, String name, Storage.Writing writing) {
    MessageDigest digest = sha256();
    folder.write(name, out -> writing.to(new DigestOutputStream(out, digest)));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static <T> T checked(JsonNode sums, String name, InputStream in, Content<T> reading)
      throws IOException {
    MessageDigest digest = sha256();
    DigestInputStream digested = new DigestInputStream(in, digest);
    T content = reading.of(digested);
    digested.transferTo(OutputStream.nullOutputStream());
    String found = HexFormat.of().formatHex(digest.digest());
    String expected = sums.path(name).asText();
    if (!found.equals(expected)) {
      throw new DataException("%s: expected SHA-256 %s, found %s".formatted(name, expected, found));
    }
    return content;
  }

  private static byte[] bytes(JsonNode tree) {
    return (tree.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode parse(String name, byte[] text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new DataException("%s is not JSON: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private interface Content<T> {
    T of(InputStream in) throws IOException;
  }
}
