package io.sparkrnn.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.error.DataException;
import io.sparkrnn.network.LanguageDescription;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.spark.HadoopStorage;
import org.apache.spark.ml.util.MLReader;

/**
 * The folder of a language model: that of any model, {@link ModelFolder}, where {@link
 * ModelFolder#NETWORK} describes the language model and {@link ModelFolder#ENCODING} holds the
 * vocabulary.
 */
final class LanguageFolder {

  private static final int FORMAT = 1;
  private static final String LANGUAGE = "language";
  private static final ObjectMapper JSON = new ObjectMapper();

  private LanguageFolder() {}

  static final class Writer extends WholeFolderWriter {
    private final LanguageModel model;

    Writer(LanguageModel model) {
      super(model);
      this.model = model;
    }

    @Override
    void write(HadoopStorage unfinished) {
      LanguageContent content = model.content();
      ParameterLayout layout = content.network().build().layout();
      unfinished.writeText(ModelFolder.NETWORK, ModelFolder.pretty(tree(content.network())));
      unfinished.write(
          ModelFolder.PARAMETERS,
          out ->
              NetworkFiles.tensors(layout, content.parameters(), content.network().summary())
                  .write(out));
      unfinished.writeText(ModelFolder.ENCODING, ModelFolder.pretty(content.encoding().toJson()));
      ModelFolder.writeSummary(unfinished, content.summary());
    }
  }

  static final class Reader extends MLReader<LanguageModel> {
    @Override
    public LanguageModel load(String path) {
      HadoopStorage folder = new HadoopStorage(path, sc().hadoopConfiguration());
      LanguageContent content = content(folder);
      ModelMetadata metadata = ModelMetadata.read(path, sc(), LanguageModel.class);
      LanguageModel model = new LanguageModel(metadata.uid(), content);
      metadata.applyTo(model);
      return model;
    }
  }

  private static ObjectNode tree(LanguageDescription description) {
    ParameterLayout layout = description.build().layout();
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("summary", description.summary());
    root.put("fingerprint", layout.fingerprint());
    root.set(LANGUAGE, JSON.valueToTree(description));
    ObjectNode shapes = root.putObject("parameters");
    layout.entries().forEach(entry -> entry.shape().forEach(shapes.putArray(entry.name())::add));
    return root;
  }

  /**
   * Reads all but Spark's metadata.
   *
   * @throws DataException if there is no such folder, or it holds something else
   */
  static LanguageContent content(HadoopStorage folder) {
    if (!folder.exists()) {
      throw new DataException("there is no model folder %s".formatted(folder.location()));
    }
    LanguageEncoding encoding;
    try {
      encoding = LanguageEncoding.ofJson(ModelFolder.parse(folder, ModelFolder.ENCODING));
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "%s of %s cannot be read: %s"
              .formatted(ModelFolder.ENCODING, folder.location(), e.getMessage()),
          e);
    }
    LanguageDescription network = description(folder);
    if (network.vocabulary() != encoding.vocabulary().size()) {
      throw new DataException(
          "%s of %s: expected the %d tokens of %s, found %d; both must come from one training"
              .formatted(
                  ModelFolder.ENCODING,
                  folder.location(),
                  network.vocabulary(),
                  ModelFolder.NETWORK,
                  encoding.vocabulary().size()));
    }
    ParameterLayout layout = network.build().layout();
    return new LanguageContent(
        encoding, network, NetworkFiles.parameters(folder, layout), ModelFolder.summary(folder));
  }

  private static LanguageDescription description(HadoopStorage folder) {
    JsonNode tree = ModelFolder.parse(folder, ModelFolder.NETWORK);
    if (tree.path("format").asInt() != FORMAT || !tree.has(LANGUAGE)) {
      throw new DataException(
          "%s of %s: expected a language model of format %d, found format %s; read it with the version that wrote it"
              .formatted(ModelFolder.NETWORK, folder.location(), FORMAT, tree.path("format")));
    }
    AllowedCells.require(folder, ModelFolder.NETWORK, tree.at("/language/settings/cell").asText());
    LanguageDescription description;
    String fingerprint;
    try {
      description = JSON.treeToValue(tree.required(LANGUAGE), LanguageDescription.class);
      fingerprint = description.build().layout().fingerprint();
    } catch (JsonProcessingException | RuntimeException e) { // whatever a damaged file leads to
      throw new DataException(
          "%s of %s cannot be read: %s"
              .formatted(ModelFolder.NETWORK, folder.location(), e.getMessage()),
          e);
    }
    if (!fingerprint.equals(tree.path("fingerprint").asText())) {
      throw new DataException(
          "%s of %s: the names and shapes of the parameters are not those that this version makes of the description; read it with the version that wrote it"
              .formatted(ModelFolder.NETWORK, folder.location()));
    }
    return description;
  }
}
