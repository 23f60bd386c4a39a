package io.sparkrnn.objective;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.network.DecoderSettings;
import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.PyTorchFixture;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.parameter.ParameterTensors;
import io.sparkrnn.search.SearchSettings;
import io.sparkrnn.testing.Pairs;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Losses and gradients of encoder–decoders are PyTorch's ({@code
 * scripts/oracles/write_translation.py}), over ragged pairs with weights and an empty target.
 */
class TranslationFixtureTest {
  private static final Tolerance TOLERANCE = new Tolerance(2e-5, 3e-6);

  static Stream<Arguments> cases() throws IOException {
    String path = "/translation/encoder-decoder.json";
    try (InputStream in = TranslationFixtureTest.class.getResourceAsStream(path)) {
      JsonNode root = new ObjectMapper().readTree(in);
      return StreamSupport.stream(root.required("cases").spliterator(), false)
          .map(
              each ->
                  Arguments.argumentSet(
                      "%s, %s, fed %s"
                          .formatted(
                              each.required("cell").asText(),
                              each.required("attention").asText(),
                              each.required("inputFeeding")),
                      root,
                      each));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossAndGradientsArePyTorchs(JsonNode root, JsonNode each) {
    ObjectiveRun run = new ObjectiveRun(description(root, each), new Random(1));
    NamedTensors parameters = PyTorchFixture.tensors(each.required("parameters"));
    assertThat(ParameterTensors.of(run.parameters()).names())
        .containsExactlyInAnyOrderElementsOf(parameters.names());
    ParameterTensors.set(run.parameters(), parameters);

    LossSum loss = run.lossAndGradient(pairs(root).joint());

    double expected = each.required("loss").asDouble();
    assertThat(loss.sum()).isEqualTo(expected, within(2e-6 * expected));
    NamedTensors gradients = PyTorchFixture.tensors(each.required("gradients"));
    NamedTensors actual = ParameterTensors.of(run.gradient());
    for (String name : gradients.names()) {
      assertClose("∂L/∂" + name, actual.values(name), gradients.values(name), TOLERANCE);
    }
  }

  private static TranslationDescription description(JsonNode root, JsonNode each) {
    DecoderSettings decoder =
        new DecoderSettings(
            List.of(root.required("decoderSize").asInt()),
            each.required("attention").asText(),
            root.required("attentionSize").asInt(),
            each.required("inputFeeding").asBoolean(),
            root.required("targetWidth").asInt(),
            false,
            0,
            0);
    return Pairs.description(
        decoder,
        root.required("smoothing").asDouble(),
        SearchSettings.GREEDY,
        "network.cell",
        each.required("cell").asText(),
        "network.hiddenSizes",
        List.of(root.required("hiddenSize").asInt()),
        "network.bidirectional",
        true);
  }

  private static Pairs pairs(JsonNode root) {
    List<int[]> sources = new ArrayList<>();
    List<List<int[]>> targets = new ArrayList<>();
    List<Float> weights = new ArrayList<>();
    root.required("sources").forEach(source -> sources.add(integers(source)));
    root.required("targets").forEach(target -> targets.add(List.of(integers(target))));
    root.required("weights").forEach(weight -> weights.add(weight.floatValue()));
    return new Pairs(sources, targets, weights);
  }

  private static int[] integers(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }
}
