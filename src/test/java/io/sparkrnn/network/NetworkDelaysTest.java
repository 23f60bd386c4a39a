package io.sparkrnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.layer.Taps;
import io.sparkrnn.testing.TestSettings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Delays widen what a layer sees, keep the names of parameters, and carry over in the state. */
class NetworkDelaysTest {

  private static NetworkDescription description(Object... settings) {
    return new NetworkDescription(
        List.of(InputColumn.values("x", 2)),
        TestSettings.network(settings),
        NetworkDescription.Output.STEP,
        1);
  }

  @Test
  void withoutDelaysNothingChanges() {
    SequenceNetwork network =
        description("network.cell", "gru", "network.hiddenSizes", List.of(3)).build();
    assertThat(network.stateSize()).isEqualTo(3);
    assertThat(network.layout().entry("encoder.0.W").columns()).isEqualTo(2);
  }

  @Test
  void everyLayerButTheOutputHasItsDelays() {
    NetworkDescription tdnn =
        description(
            "network.cell",
            "none",
            "network.hiddenSizes",
            List.of(5, 4),
            "network.delays",
            List.of(2, 1, 3));
    SequenceNetwork network = tdnn.build();
    assertThat(network.layout().describe())
        .containsExactly(
            "encoder.0.W [5, 6]",
            "encoder.0.b [5]",
            "encoder.1.W [4, 10]",
            "encoder.1.b [4]",
            "head.0.W [1, 16]",
            "head.0.b [1]");
    assertThat(network.stateSize()).isEqualTo(2 * 2 + 1 * 5 + 3 * 4);
    assertThat(tdnn.summary()).isEqualTo("none 5 4, delays [2, 1, 3], every state, 1 output");
  }

  @Test
  void oneNumberStandsForAllLayers() {
    SequenceNetwork network =
        description(
                "network.cell",
                "none",
                "network.hiddenSizes",
                List.of(5, 4),
                "network.delays",
                List.of(1))
            .build();
    assertThat(network.stateSize()).isEqualTo(2 + 5 + 4);
  }

  @Test
  void aLinearModelHasNoHiddenLayerAndColumnsHaveDelaysOfTheirOwn() {
    NetworkDescription narx =
        new NetworkDescription(
            List.of(
                InputColumn.values("y", 1).delayed(new Taps(0, 1)),
                InputColumn.values("u", 1).delayed(new Taps(3, 5))),
            TestSettings.network("network.cell", "none", "network.hiddenSizes", List.of()),
            NetworkDescription.Output.STEP,
            1);
    assertThat(narx.build().layout().describe()).containsExactly("head.0.W [1, 5]", "head.0.b [1]");
    assertThat(narx.build().stateSize()).isEqualTo(1 + 5);
  }

  @Test
  void aSkipShowsTheInputsWithTheirDelaysToTheOutput() {
    NetworkDescription narx =
        description(
            "network.cell",
            "none",
            "network.hiddenSizes",
            List.of(5),
            "network.delays",
            List.of(3, 0),
            "network.skip",
            true);
    SequenceNetwork network = narx.build();
    assertThat(network.layout().describe())
        .containsExactly(
            "encoder.0.W [5, 8]",
            "encoder.0.b [5]",
            "head.skip.W [1, 8]",
            "head.0.W [1, 5]",
            "head.0.b [1]");
    assertThat(network.stateSize()).isEqualTo(2 * 3 * 2);
    assertThat(narx.summary())
        .isEqualTo("none 5, delays [3, 0], every state and linear in the inputs, 1 output");
  }

  @Test
  void aSkipPastNothingIsRefused() {
    assertThatThrownBy(
            () ->
                TestSettings.network(
                    "network.cell", "none", "network.hiddenSizes", List.of(), "network.skip", true))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("network.skip: a network without hidden layers is linear");
  }

  @Test
  void delaysThatFitNoLayerAreRefused() {
    assertThatThrownBy(
            () ->
                TestSettings.network(
                    "network.hiddenSizes", List.of(3), "network.delays", List.of(1, 2, 3)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("one for each of the 1 network.hiddenSizes, found 3");
    assertThatThrownBy(
            () -> TestSettings.network("network.bidirectional", true, "network.delays", List.of(2)))
        .hasMessageContaining("the last of them 0");
    assertThatThrownBy(() -> TestSettings.network("network.hiddenSizes", List.of()))
        .hasMessageContaining("network.cell = none");
  }

  /** What earlier versions wrote names no delays. */
  @Test
  void descriptionsOfEarlierVersionsAreRead() throws IOException {
    ObjectMapper json = new ObjectMapper();
    NetworkDescription description = description("network.cell", "gru");
    ObjectNode tree = json.valueToTree(description);
    ((ObjectNode) tree.get("settings")).remove("delays");
    ((ObjectNode) tree.get("inputs").get(0)).remove("taps");
    NetworkDescription read = json.treeToValue(tree, NetworkDescription.class);
    assertThat(read.inputs()).isEqualTo(description.inputs());
    assertThat(read.build().layout().fingerprint())
        .isEqualTo(description.build().layout().fingerprint());
  }
}
