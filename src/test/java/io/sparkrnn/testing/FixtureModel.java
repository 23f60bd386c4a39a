package io.sparkrnn.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.network.InputColumn;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.objective.ClassificationDescription;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.objective.RegressionDescription;
import io.sparkrnn.oracle.PyTorchFixture;
import io.sparkrnn.parameter.ParameterTensors;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.sequence.PackedSequences;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The network, objective, parameters and batches of a PyTorch fixture as the product has them. */
public final class FixtureModel {
  private final PyTorchFixture fixture;

  /** Takes a fixture. */
  public FixtureModel(PyTorchFixture fixture) {
    this.fixture = fixture;
  }

  /** The objective with its network. */
  public ObjectiveDescription description() {
    NetworkDescription network =
        new NetworkDescription(
            inputs(),
            networkSettings(),
            is("classification")
                ? NetworkDescription.Output.SEQUENCE
                : NetworkDescription.Output.STEP,
            outputs());
    if (is("regression")) {
      return new RegressionDescription(network, Normalizer.identity(outputs()));
    }
    List<Double> classWeights = new ArrayList<>();
    fixture.network().path("classWeights").forEach(weight -> classWeights.add(weight.asDouble()));
    return new ClassificationDescription(network, classWeights);
  }

  /** The fixture's parameters in the order of the product's layout. */
  public float[] parameters() {
    Parameters parameters =
        new Parameters(
            description().build().layout(), new float[description().build().layout().size()]);
    ParameterTensors.set(parameters, PyTorchFixture.tensors(fixture.root().get("parameters")));
    return parameters.values();
  }

  /** The batch of the field {@code batch} or {@code secondBatch}. */
  public SequenceBatch batch(String field) {
    List<Column> columns =
        inputs().stream()
            .map(
                input ->
                    input.embedded()
                        ? Column.ids(input.name())
                        : Column.values(input.name(), input.width()))
            .toList();
    return PackedSequences.batch(columns, target(), fixture.sequences(field));
  }

  /** Number of outputs. */
  public int outputs() {
    JsonNode head = fixture.network().get("head");
    return head.get(head.size() - 1).get("outputs").intValue();
  }

  private boolean is(String objective) {
    return fixture.network().get("objective").asText().equals(objective);
  }

  private List<InputColumn> inputs() {
    List<InputColumn> inputs = new ArrayList<>();
    for (JsonNode embedding : fixture.network().path("embeddings")) {
      inputs.add(
          InputColumn.ids(
              embedding.get("column").asText(),
              embedding.get("vocabulary").intValue(),
              embedding.get("width").intValue()));
    }
    return inputs.isEmpty()
        ? List.of(InputColumn.values("x", fixture.network().get("input").intValue()))
        : inputs;
  }

  private NetworkSettings networkSettings() {
    JsonNode network = fixture.network();
    List<Integer> headSizes = new ArrayList<>();
    for (int i = 0; i < network.get("head").size() - 1; i++) {
      headSizes.add(network.get("head").get(i).get("outputs").intValue());
    }
    String cell =
        switch (network.get("cell").asText()) {
          case "srn-tanh" -> "srn";
          case "gru-reset-after" -> "gru";
          default -> network.get("cell").asText();
        };
    return new NetworkSettings(
        cell,
        Collections.nCopies(network.get("layers").intValue(), network.get("hidden").intValue()),
        network.get("bidirectional").booleanValue(),
        network.path("pooling").asText(NetworkSettings.LAST),
        headSizes,
        "tanh",
        network.get("head").get(headSizes.size()).get("bias").booleanValue(),
        List.of(),
        new NetworkSettings.DropoutRates(0, 0, 0, 0));
  }

  private Column target() {
    String name = ObjectiveDescription.TARGET;
    if (is("regression")) {
      return Column.values(name, outputs());
    }
    return is("classification") ? Column.sequenceId(name) : Column.ids(name);
  }
}
