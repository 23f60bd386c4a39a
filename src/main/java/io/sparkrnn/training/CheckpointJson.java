package io.sparkrnn.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.format.FloatTensor;
import io.sparkrnn.metric.LossSum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.StreamSupport;

/**
 * {@link CheckpointFile#PROGRESS}: every number of a training but its arrays, which it names.
 * Doubles come back to the bit; those that are not finite are texts.
 */
final class CheckpointJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private CheckpointJson() {}

  /** Arrays under the first name that asked for each: what is the same array is written once. */
  static final class NamedArrays {
    private final IdentityHashMap<float[], String> names = new IdentityHashMap<>();
    private final LinkedHashMap<String, float[]> arrays = new LinkedHashMap<>();

    String name(String wanted, float[] values) {
      String name = names.computeIfAbsent(values, anew -> wanted);
      arrays.put(name, values);
      return name;
    }

    void forEach(BiConsumer<String, float[]> consumer) {
      arrays.forEach(consumer);
    }
  }

  static ObjectNode write(CheckpointFile file, NamedArrays arrays) {
    ObjectNode root = JSON.createObjectNode();
    write(file.identity(), root.putObject("identity"));
    TrainingProgress progress = file.progress();
    write("state", progress.state(), root.putObject("state"), arrays);
    write("good", progress.good(), root.putObject("good"), arrays);
    ObjectNode best = root.putObject("best");
    best.put("epoch", progress.best().epoch());
    best.put("score", progress.best().score());
    best.put("loss", progress.best().loss());
    best.put("parameters", arrays.name("best.parameters", progress.best().parameters()));
    write(progress.sums(), root.putObject("sums"));
    ArrayNode history = root.putArray("history");
    progress.history().forEach(record -> write(record, history.addObject()));
    return root;
  }

  static CheckpointFile read(JsonNode root, Map<String, FloatTensor> tensors) {
    Map<String, float[]> arrays = new HashMap<>();
    tensors.forEach((name, tensor) -> arrays.put(name, tensor.values()));
    JsonNode best = root.required("best");
    List<EpochRecord> history = new ArrayList<>();
    root.required("history").forEach(record -> history.add(record(record)));
    return new CheckpointFile(
        identity(root.required("identity")),
        new TrainingProgress(
            state(root.required("state"), arrays),
            state(root.required("good"), arrays),
            sums(root.required("sums")),
            new Best(
                best.required("epoch").asInt(),
                number(best, "score"),
                number(best, "loss"),
                array(best, "parameters", arrays)),
            history));
  }

  private static void write(RunIdentity identity, ObjectNode node) {
    identity.configuration().forEach(node.putObject("configuration")::put);
    identity.layout().forEach(node.putArray("layout")::add);
    node.put("partitions", identity.shards());
    node.put("data", identity.data());
    node.put("validation", identity.validation());
  }

  private static RunIdentity identity(JsonNode node) {
    Map<String, String> configuration = new LinkedHashMap<>();
    node.required("configuration")
        .properties()
        .forEach(entry -> configuration.put(entry.getKey(), entry.getValue().asText()));
    return new RunIdentity(
        configuration,
        StreamSupport.stream(node.required("layout").spliterator(), false)
            .map(JsonNode::asText)
            .toList(),
        node.required("partitions").asInt(),
        node.required("data").asText(),
        node.required("validation").asText());
  }

  private static void write(String name, TrainingState state, ObjectNode node, NamedArrays arrays) {
    node.put("epoch", state.epoch());
    node.put("round", state.round());
    node.put("rounds", state.rounds());
    node.put("steps", state.steps());
    node.put("stepFactor", state.stepFactor());
    node.put("parameters", arrays.name(name + ".parameters", state.parameters()));
    node.put("memory", arrays.name(name + ".memory", state.memory()));
    node.put("driver", arrays.name(name + ".driver", state.driver()));
  }

  private static TrainingState state(JsonNode node, Map<String, float[]> arrays) {
    return new TrainingState(
        node.required("epoch").asInt(),
        node.required("round").asInt(),
        node.required("rounds").asLong(),
        node.required("steps").asLong(),
        number(node, "stepFactor"),
        array(node, "parameters", arrays),
        array(node, "memory", arrays),
        array(node, "driver", arrays));
  }

  private static void write(EpochSums sums, ObjectNode node) {
    node.put("loss", sums.loss().sum());
    node.put("weight", sums.loss().weight());
    node.put("steps", sums.loss().steps());
    node.put("dropped", sums.dropped());
    node.put("rollbacks", sums.rollbacks());
    sums.normSums().forEach(node.putArray("norms")::add);
    node.put("normCount", sums.normCount());
    node.put("seconds", sums.seconds());
  }

  private static EpochSums sums(JsonNode node) {
    List<Double> norms = new ArrayList<>();
    node.required("norms").forEach(norm -> norms.add(number(norm)));
    return new EpochSums(
        new LossSum(number(node, "loss"), number(node, "weight"), node.required("steps").asLong()),
        node.required("dropped").asInt(),
        node.required("rollbacks").asInt(),
        norms,
        node.required("normCount").asLong(),
        number(node, "seconds"));
  }

  private static void write(EpochRecord record, ObjectNode node) {
    node.put("epoch", record.epoch());
    node.put("epochs", record.epochs());
    node.put("rounds", record.rounds());
    node.put("loss", record.loss());
    node.put("learningRate", record.learningRate());
    record.validation().ifPresent(scores -> scores.forEach(node.putObject("validation")::put));
    node.put("steps", record.steps());
    node.put("seconds", record.seconds());
    node.put("trainingSeconds", record.trainingSeconds());
    node.put("best", record.best());
    node.put("dropped", record.dropped());
    node.put("rollbacks", record.rollbacks());
    record.gradientNorms().forEach(node.putObject("gradientNorms")::put);
  }

  private static EpochRecord record(JsonNode node) {
    return new EpochRecord(
        node.required("epoch").asInt(),
        node.required("epochs").asInt(),
        node.required("rounds").asInt(),
        number(node, "loss"),
        number(node, "learningRate"),
        node.has("validation") ? Optional.of(numbers(node.get("validation"))) : Optional.empty(),
        node.required("steps").asLong(),
        number(node, "seconds"),
        number(node, "trainingSeconds"),
        node.required("best").asBoolean(),
        node.required("dropped").asInt(),
        node.required("rollbacks").asInt(),
        numbers(node.required("gradientNorms")));
  }

  private static Map<String, Double> numbers(JsonNode node) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    node.properties().forEach(entry -> numbers.put(entry.getKey(), number(entry.getValue())));
    return numbers;
  }

  private static double number(JsonNode node, String name) {
    return number(node.required(name));
  }

  private static double number(JsonNode node) {
    return node.isTextual() ? Double.parseDouble(node.asText()) : node.doubleValue();
  }

  private static float[] array(JsonNode node, String name, Map<String, float[]> arrays) {
    String tensor = node.required(name).asText();
    float[] values = arrays.get(tensor);
    if (values == null) {
      throw new IllegalArgumentException("there is no array " + tensor);
    }
    return values;
  }
}
