package io.sparkrnn.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.error.DataException;
import io.sparkrnn.format.FloatTensor;
import io.sparkrnn.format.Safetensors;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.spark.HadoopStorage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network in a model folder: {@link ModelFolder#NETWORK} and {@link ModelFolder#PARAMETERS}.
 *
 * @param description of the network
 * @param parameters its N values
 */
@SuppressWarnings("ArrayRecordComponent") // parameters are one array throughout
record NetworkFiles(NetworkDescription description, float[] parameters) {

  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper STRICT =
      new ObjectMapper().disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

  void write(HadoopStorage folder) {
    folder.writeText(ModelFolder.NETWORK, ModelFolder.pretty(tree()));
    ParameterLayout layout = description.build().layout();
    folder.write(
        ModelFolder.PARAMETERS,
        out -> tensors(layout, parameters, description.summary()).write(out));
  }

  static NetworkFiles read(HadoopStorage folder) {
    JsonNode tree = ModelFolder.parse(folder, ModelFolder.NETWORK);
    if (tree.path("format").asInt() != FORMAT) {
      throw new DataException(
          "%s of %s: expected format %d, found %s; read it with the version that wrote it"
              .formatted(ModelFolder.NETWORK, folder.location(), FORMAT, tree.path("format")));
    }
    NetworkDescription network = description(folder, tree);
    ParameterLayout layout = layout(folder, network);
    if (!layout.fingerprint().equals(tree.path("fingerprint").asText())) {
      throw new DataException(
          "%s of %s: the names and shapes of the parameters are not those that this version makes of the description; read it with the version that wrote it"
              .formatted(ModelFolder.NETWORK, folder.location()));
    }
    return new NetworkFiles(network, parameters(folder, layout));
  }

  /** Reads the parameters of a layout. */
  static float[] parameters(HadoopStorage folder, ParameterLayout layout) {
    return folder.read(
        ModelFolder.PARAMETERS,
        (in, length) -> parameters(layout, Safetensors.read(ModelFolder.PARAMETERS, in, length)));
  }

  private ObjectNode tree() {
    ParameterLayout layout = description.build().layout();
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("summary", description.summary());
    root.put("fingerprint", layout.fingerprint());
    root.set("network", JSON.valueToTree(description));
    ObjectNode shapes = root.putObject("parameters");
    for (ParameterLayout.Entry entry : layout.entries()) {
      entry.shape().forEach(shapes.putArray(entry.name())::add);
    }
    return root;
  }

  private static NetworkDescription description(HadoopStorage folder, JsonNode tree) {
    NetworkDescription network;
    try {
      JsonNode described = tree.required("network");
      described.path("inputs").forEach(NetworkFiles::addWhatCameLater);
      network = STRICT.treeToValue(described, NetworkDescription.class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw unreadable(folder, firstLine(e), e);
    }
    String cell = tree.at("/network/settings/cell").asText();
    AllowedCells.require(folder, ModelFolder.NETWORK, cell);
    return network;
  }

  /** What the first models did not have to say of a column, because there was nothing else. */
  private static void addWhatCameLater(JsonNode input) {
    if (input instanceof ObjectNode column && !column.has("added")) {
      column.put("added", 0);
    }
  }

  /** Whatever a description says beside what this version writes, it ends in a clear refusal. */
  private static ParameterLayout layout(HadoopStorage folder, NetworkDescription network) {
    try {
      network.settings().requireConsistent();
      return network.build().layout();
    } catch (RuntimeException e) {
      throw unreadable(folder, "its description is that of no network: " + firstLine(e), e);
    }
  }

  private static DataException unreadable(HadoopStorage folder, String why, Exception cause) {
    return new DataException(
        "%s of %s cannot be read: %s".formatted(ModelFolder.NETWORK, folder.location(), why),
        cause);
  }

  private static String firstLine(Exception e) {
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return String.valueOf(message).lines().findFirst().orElse("");
  }

  /** Parameters as tensors by name. */
  static Safetensors tensors(ParameterLayout layout, float[] parameters, String summary) {
    List<FloatTensor> tensors = new ArrayList<>();
    for (ParameterLayout.Entry entry : layout.entries()) {
      List<Integer> shape = entry.shape().stream().map(Math::toIntExact).toList();
      tensors.add(new FloatTensor(entry.name(), shape, parameters, entry.offset()));
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt"); // what Python's readers expect to find
    metadata.put("network", summary);
    return new Safetensors(metadata, tensors);
  }

  /** Room for the parameters is taken when the file, whose length bounds it, has them all. */
  private static float[] parameters(ParameterLayout layout, Safetensors file) {
    Map<String, FloatTensor> tensors = file.tensors();
    List<ParameterLayout.Entry> entries = layout.entries();
    List<FloatTensor> found = entries.stream().map(entry -> require(entry, tensors)).toList();
    float[] parameters = new float[layout.size()];
    for (int i = 0; i < found.size(); i++) {
      found.get(i).copyTo(parameters, entries.get(i).offset());
    }
    return parameters;
  }

  private static FloatTensor require(
      ParameterLayout.Entry entry, Map<String, FloatTensor> tensors) {
    FloatTensor tensor = tensors.get(entry.name());
    List<Integer> shape = entry.shape().stream().map(Math::toIntExact).toList();
    if (tensor == null || !tensor.shape().equals(shape)) {
      throw new DataException(
          "%s: expected tensor %s of shape %s, found %s"
              .formatted(
                  ModelFolder.PARAMETERS,
                  entry.name(),
                  shape,
                  tensor == null ? "none" : tensor.shape()));
    }
    for (int i = 0; i < tensor.count(); i++) {
      if (!Float.isFinite(tensor.get(i))) {
        throw new DataException(
            "%s: tensor %s: expected finite numbers, found %s at index %d; train again, or take the last good checkpoint"
                .formatted(ModelFolder.PARAMETERS, entry.name(), tensor.get(i), i));
      }
    }
    return tensor;
  }
}
