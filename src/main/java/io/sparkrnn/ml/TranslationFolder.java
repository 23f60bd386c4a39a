package io.sparkrnn.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.error.DataException;
import io.sparkrnn.network.EncoderDecoderDescription;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.spark.HadoopStorage;
import org.apache.spark.ml.util.MLReader;

/** The folder of a translator: that of any model, {@link ModelFolder}. */
final class TranslationFolder {

  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private TranslationFolder() {}

  static final class Writer extends WholeFolderWriter {
    private final SequenceTranslationModel model;

    Writer(SequenceTranslationModel model) {
      super(model);
      this.model = model;
    }

    @Override
    void write(HadoopStorage unfinished) {
      TranslationContent content = model.content();
      ParameterLayout layout = content.network().build().layout();
      unfinished.writeText(
          ModelFolder.NETWORK, ModelFolder.pretty(tree(content.network(), layout)));
      unfinished.write(
          ModelFolder.PARAMETERS,
          out ->
              NetworkFiles.tensors(layout, content.parameters(), content.network().summary())
                  .write(out));
      unfinished.writeText(
          ModelFolder.ENCODING,
          ModelFolder.pretty(EncodingJson.write(content.encoding().encoding())));
      ModelFolder.writeSummary(unfinished, content.summary());
    }
  }

  static final class Reader extends MLReader<SequenceTranslationModel> {

    @Override
    public SequenceTranslationModel load(String path) {
      HadoopStorage folder = new HadoopStorage(path, sc().hadoopConfiguration());
      if (!folder.exists()) {
        throw new DataException("there is no model folder %s".formatted(folder.location()));
      }
      TranslationContent content = content(folder);
      return ModelFolder.metadata(
          folder,
          SequenceTranslationModel.class,
          () -> {
            ModelMetadata metadata = ModelMetadata.read(path, sc(), SequenceTranslationModel.class);
            SequenceTranslationModel model = new SequenceTranslationModel(metadata.uid(), content);
            metadata.applyTo(model);
            return model;
          });
    }
  }

  private static ObjectNode tree(EncoderDecoderDescription network, ParameterLayout layout) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("summary", network.summary());
    root.put("fingerprint", layout.fingerprint());
    root.set("network", JSON.valueToTree(network));
    ObjectNode shapes = root.putObject("parameters");
    for (ParameterLayout.Entry entry : layout.entries()) {
      entry.shape().forEach(shapes.putArray(entry.name())::add);
    }
    return root;
  }

  private static TranslationContent content(HadoopStorage folder) {
    JsonNode tree = ModelFolder.parse(folder, ModelFolder.NETWORK);
    if (tree.path("format").asInt() != FORMAT) {
      throw new DataException(
          "%s of %s: expected format %d, found %s; read it with the version that wrote it"
              .formatted(ModelFolder.NETWORK, folder.location(), FORMAT, tree.path("format")));
    }
    String cell = tree.at("/network/settings/cell").asText();
    AllowedCells.require(folder, ModelFolder.NETWORK, cell);
    EncoderDecoderDescription network;
    ParameterLayout layout;
    TranslationEncoding encoding;
    try {
      network = JSON.treeToValue(tree.required("network"), EncoderDecoderDescription.class);
      layout = network.build().layout();
      encoding =
          new TranslationEncoding(
              EncodingJson.read(ModelFolder.parse(folder, ModelFolder.ENCODING)));
    } catch (JsonProcessingException | RuntimeException e) {
      throw new DataException(
          "%s or %s of %s cannot be read as those of a translator: %s"
              .formatted(
                  ModelFolder.NETWORK, ModelFolder.ENCODING, folder.location(), e.getMessage()),
          e);
    }
    if (!layout.fingerprint().equals(tree.path("fingerprint").asText())) {
      throw new DataException(
          "%s of %s: the names and shapes of the parameters are not those that this version makes of the description; read it with the version that wrote it"
              .formatted(ModelFolder.NETWORK, folder.location()));
    }
    if (network.boundary() != encoding.boundary()
        || !encoding.encoding().features().fits(network.inputs())) {
      throw new DataException(
          "%s of %s: its vocabularies are not those of %s; both must come from one training"
              .formatted(ModelFolder.ENCODING, folder.location(), ModelFolder.NETWORK));
    }
    return new TranslationContent(
        encoding, network, NetworkFiles.parameters(folder, layout), ModelFolder.summary(folder));
  }
}
