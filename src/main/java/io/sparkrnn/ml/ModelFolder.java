package io.sparkrnn.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.error.DataException;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.spark.HadoopStorage;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.util.MLReader;

/**
 * A model on any Hadoop file system:
 *
 * <pre>
 * metadata/                Spark ML metadata: class, uid, params
 * network.json             description of the network, fingerprint of the parameters' layout
 * parameters.safetensors   float32 tensors by stable names, for any language
 * encoding.json            vocabularies, labels, scaling
 * history.jsonl            the training, a line an epoch
 * provenance.json          seed, partitions, sizes, versions
 * </pre>
 *
 * A folder is written beside its place and renamed when it is whole.
 */
public final class ModelFolder {

  /** Parameters by name. */
  public static final String PARAMETERS = "parameters.safetensors";

  /** Description of the network. */
  public static final String NETWORK = "network.json";

  /** Vocabularies, labels, scaling. */
  public static final String ENCODING = "encoding.json";

  /** The training, a line an epoch. */
  public static final String HISTORY = "history.jsonl";

  /** Where the model comes from. */
  public static final String PROVENANCE = "provenance.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private ModelFolder() {}

  /** Reads a model of any of the tasks. */
  public static SequenceModel<?> load(String path, Configuration configuration) {
    HadoopStorage folder = new HadoopStorage(path, configuration);
    if (!folder.exists()) {
      throw new DataException("there is no model folder %s".formatted(folder.location()));
    }
    JsonNode encoding = parse(folder, ENCODING);
    String kind = encoding.path("targets").path("kind").asText();
    return switch (kind) {
      case "CLASS" -> SequenceClassificationModel.load(path);
      case "STEP_LABELS" -> SequenceLabelingModel.load(path);
      case "STEP_VALUES" -> SequenceRegressionModel.load(path);
      case "TOKENS" ->
          throw new DataException(
              "model folder %s holds a translator; a job that reads it has job.task = translation"
                  .formatted(folder.location()));
      case ForecastFolder.KIND ->
          throw new DataException(
              "model folder %s holds a forecaster; a job that reads it has job.task = forecasting"
                  .formatted(folder.location()));
      case LanguageEncoding.KIND ->
          throw new DataException(
              "model folder %s holds a language model; a job that reads it has job.task = language-model"
                  .formatted(folder.location()));
      default ->
          throw new DataException(
              "%s of %s: expected a kind of target that this version knows, found %s"
                  .formatted(ENCODING, folder.location(), kind));
    };
  }

  static final class Writer extends WholeFolderWriter {
    private final SequenceModel<?> model;

    Writer(SequenceModel<?> model) {
      super(model);
      this.model = model;
    }

    @Override
    void write(HadoopStorage unfinished) {
      ModelContent content = model.content();
      new NetworkFiles(content.network(), content.parameters()).write(unfinished);
      unfinished.writeText(ENCODING, pretty(EncodingJson.write(content.encoding())));
      writeSummary(unfinished, content.summary());
    }
  }

  /** Makes a model of its content. */
  interface Maker<M> {
    M make(String uid, ModelContent content);
  }

  static final class Reader<M extends SequenceModel<M>> extends MLReader<M> {
    private final Class<M> type;
    private final Maker<M> maker;

    Reader(Class<M> type, Maker<M> maker) {
      this.type = type;
      this.maker = maker;
    }

    @Override
    public M load(String path) {
      HadoopStorage folder = new HadoopStorage(path, sc().hadoopConfiguration());
      if (!folder.exists()) {
        throw new DataException("there is no model folder %s".formatted(folder.location()));
      }
      ModelContent content = content(folder);
      return metadata(
          folder,
          type,
          () -> {
            ModelMetadata metadata = ModelMetadata.read(path, sc(), type);
            M model = maker.make(metadata.uid(), content);
            metadata.applyTo(model);
            return model;
          });
    }
  }

  /**
   * Reads what Spark's reader reads, which throws what it finds unchecked, whatever its class.
   *
   * @throws DataException for anything that is wrong with the metadata
   */
  static <R> R metadata(HadoopStorage folder, Class<?> type, Callable<R> reading) {
    try {
      return reading.call();
    } catch (DataException clear) {
      throw clear;
    } catch (Exception e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new DataException(
          "metadata of %s cannot be read as those of a %s: %s"
              .formatted(folder.location(), type.getSimpleName(), why),
          e);
    }
  }

  private static ModelContent content(HadoopStorage folder) {
    NetworkFiles network = NetworkFiles.read(folder);
    return new ModelContent(
        encoding(folder, network.description()),
        network.description(),
        network.parameters(),
        summary(folder));
  }

  /** History and provenance. */
  static void writeSummary(HadoopStorage folder, TrainingSummary summary) {
    List<String> history = summary.history();
    folder.writeText(HISTORY, history.isEmpty() ? "" : String.join("\n", history) + "\n");
    folder.writeText(PROVENANCE, pretty(summary.provenanceTree()));
  }

  /** History and provenance. */
  static TrainingSummary summary(HadoopStorage folder) {
    List<String> history = folder.readText(HISTORY).lines().toList();
    history.forEach(line -> parse(folder, HISTORY, line));
    return new TrainingSummary(history, parse(folder, PROVENANCE).toString());
  }

  private static Encoding encoding(HadoopStorage folder, NetworkDescription network) {
    Encoding encoding;
    try {
      encoding = EncodingJson.read(parse(folder, ENCODING));
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "%s of %s cannot be read: %s".formatted(ENCODING, folder.location(), e.getMessage()), e);
    }
    if (encoding.targets().outputs() != network.outputs()
        || !encoding.features().fits(network.inputs())) {
      throw new DataException(
          "%s of %s: its inputs and labels are not those of %s; both must come from one training"
              .formatted(ENCODING, folder.location(), NETWORK));
    }
    return encoding;
  }

  static JsonNode parse(HadoopStorage folder, String name) {
    return parse(folder, name, folder.readText(name));
  }

  private static JsonNode parse(HadoopStorage folder, String name, String text) {
    JsonNode tree;
    try {
      tree = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s of %s is not JSON: %s".formatted(name, folder.location(), e.getOriginalMessage()), e);
    }
    if (!tree.isObject()) {
      throw new DataException(
          "%s of %s: expected a JSON object, found %s; copy the model folder again"
              .formatted(
                  name, folder.location(), tree.isMissingNode() ? "nothing" : tree.getNodeType()));
    }
    return tree;
  }

  static String pretty(JsonNode node) {
    return node.toPrettyString() + "\n";
  }
}
