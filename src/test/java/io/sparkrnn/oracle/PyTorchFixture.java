package io.sparkrnn.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/**
 * A fixture of {@code src/test/resources/fixtures}, written by PyTorch, in terms of the oracle. Its
 * README describes the fields. Numbers are the float32 that their decimals stand for, widened.
 */
public final class PyTorchFixture {
  private final JsonNode root;

  private PyTorchFixture(JsonNode root) {
    this.root = root;
  }

  /** Reads the fixture of a name, such as {@code lstm-single}. */
  public static PyTorchFixture read(String name) throws IOException {
    String path = "/fixtures/" + name + ".json";
    try (InputStream stream =
        Objects.requireNonNull(PyTorchFixture.class.getResourceAsStream(path), path)) {
      return new PyTorchFixture(new ObjectMapper().readTree(stream));
    }
  }

  /** The whole fixture. */
  public JsonNode root() {
    return root;
  }

  /** The field {@code network}. */
  public JsonNode network() {
    return root.get("network");
  }

  /** Tensors as in the fields {@code parameters} and {@code gradients}. */
  public static NamedTensors tensors(JsonNode node) {
    NamedTensors tensors = new NamedTensors();
    node.properties()
        .forEach(
            entry -> {
              double[] shape = numbers(entry.getValue().get("shape"));
              int[] sizes = Arrays.stream(shape).mapToInt(size -> (int) size).toArray();
              tensors.put(entry.getKey(), numbers(entry.getValue().get("values")), sizes);
            });
    return tensors;
  }

  /** The objective with its network. */
  public OracleObjective objective() {
    OracleNetwork oracle = oracleNetwork();
    JsonNode head = network().get("head");
    int outputs = head.get(head.size() - 1).get("outputs").intValue();
    List<Double> classWeights =
        network().has("classWeights")
            ? Arrays.stream(numbers(network().get("classWeights"))).boxed().toList()
            : Collections.nCopies(outputs, 1.0);
    return switch (network().get("objective").asText()) {
      case "classification" -> new OracleObjective.Classification(oracle, pooling(), classWeights);
      case "labelling" -> new OracleObjective.Labelling(oracle, classWeights);
      default -> new OracleObjective.Regression(oracle);
    };
  }

  /** What a classification pools by. */
  public OraclePooling pooling() {
    return network().path("pooling").asText().equals("mean")
        ? OraclePooling.MEAN
        : OraclePooling.LAST;
  }

  /** Input, encoder and head. */
  public OracleNetwork oracleNetwork() {
    OracleInput input =
        network().has("embeddings")
            ? new OracleInput(network().get("embeddings").findValuesAsText("column"))
            : new OracleInput("x");
    OracleCell cell = cell(network().get("cell").asText());
    OracleLayer layer =
        network().get("bidirectional").booleanValue()
            ? new OracleBidirectional(cell)
            : new OracleRecurrent(cell);
    int layers = network().get("layers").intValue();
    return new OracleNetwork(
        input,
        new OracleStack(Collections.nCopies(layers, layer)),
        new OracleHead(OracleActivation.TANH));
  }

  private static OracleCell cell(String name) {
    return switch (name) {
      case "srn-tanh" -> new OracleElmanCell(OracleActivation.TANH);
      case "srn-logistic" -> new OracleElmanCell(OracleActivation.LOGISTIC);
      case "lstm" -> new OracleLstmCell();
      case "gru-reset-after" -> new OracleGruCell();
      case "gru-reset-before" -> new OracleResetBeforeGruCell();
      default -> throw new IllegalArgumentException("no cell " + name);
    };
  }

  /** The sequences of the field {@code batch} or {@code secondBatch}. */
  public List<OracleSequence> sequences(String field) {
    JsonNode batch = root.get(field);
    double[] lengths = numbers(batch.get("lengths"));
    List<OracleSequence> sequences = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      int index = i;
      OracleSequence sequence = new OracleSequence((int) lengths[i]);
      if (batch.has("inputs")) {
        sequence.withValues("x", rows(batch.get("inputs").get(i)));
      } else {
        batch
            .get("ids")
            .properties()
            .forEach(entry -> sequence.withIds(entry.getKey(), ids(entry.getValue().get(index))));
      }
      JsonNode target = batch.get("targets").get(i);
      if (network().get("objective").asText().equals("regression")) {
        sequence.withTargets(rows(target));
      } else {
        sequence.withLabels(ids(target));
      }
      sequences.add(sequence.withInitial(state("initialStates", i)));
    }
    return sequences;
  }

  /** The state of one sequence out of a field like {@code finalStates}: h and c of each layer. */
  public double[] state(String field, int sequence) {
    double[] state = {};
    for (JsonNode layer : root.path(field)) {
      state = Vectors.concatenate(state, numbers(layer.get("h").get(sequence)));
      if (layer.has("c")) {
        state = Vectors.concatenate(state, numbers(layer.get("c").get(sequence)));
      }
    }
    return state;
  }

  /** The numbers of a node, nested arrays one after another. */
  public static double[] numbers(JsonNode node) {
    return Vectors.map(decimal -> (float) decimal, ReferenceFiles.numbers(node));
  }

  /** A node of rows. */
  public static double[][] rows(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false)
        .map(PyTorchFixture::numbers)
        .toArray(double[][]::new);
  }

  private static int[] ids(JsonNode node) {
    return Arrays.stream(numbers(node)).mapToInt(id -> (int) id).toArray();
  }
}
