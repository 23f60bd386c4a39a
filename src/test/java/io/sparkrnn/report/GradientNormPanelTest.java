package io.sparkrnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Norms of gradients are drawn on a logarithmic axis, a line a layer. */
class GradientNormPanelTest {

  @Test
  void everyLayerHasALineAndVanishingOnesCanBeSeen() {
    List<JsonNode> history = new ArrayList<>();
    for (int epoch = 1; epoch <= 5; epoch++) {
      ObjectNode line = JsonNodeFactory.instance.objectNode().put("epoch", epoch);
      line.putObject("gradientNorms").put("encoder.0", Math.pow(10, -epoch)).put("head.0", 1.0);
      history.add(line);
    }
    Page page = panel(history);
    assertThat(page.texts("figcaption")).containsExactly("Gradient norm by layer");
    assertThat(page.all("path", "line0")).hasSize(1);
    assertThat(page.all("path", "line1")).hasSize(1);
    assertThat(page.texts("title")).contains("epoch 5\nencoder.0 1e-5\nhead.0 1.0000");
  }

  @Test
  void ofManyLayersSomeAreShown() {
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("epoch", 1);
    ObjectNode norms = line.putObject("gradientNorms");
    IntStream.range(0, 9).forEach(layer -> norms.put("encoder." + layer, 0.5));
    Page page = panel(List.of(line));
    assertThat(page.texts("figcaption")).containsExactly("Gradient norm by layer (4 of 9)");
    assertThat(page.texts("text")).contains("encoder.0", "encoder.8").doesNotContain("encoder.1");
  }

  @Test
  void historiesWithoutNormsHaveNoSuchPicture() {
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("epoch", 1).put("loss", 1);
    assertThat(new GradientNormPanel(new History(List.of(line))).figure()).isEmpty();
  }

  @Test
  void theReachOfLayersIsAPageOfItsOwn() {
    Map<String, double[]> norms = new LinkedHashMap<>();
    norms.put("srn", new double[] {1, 0.1, 0.001, 0});
    norms.put("lstm", new double[] {1, 0.9, 0.8, 0.7});
    Page page = Page.of(ReachPage.html(norms, "Two layers."));
    assertThat(page.all("path", "line0")).hasSize(1);
    assertThat(page.all("circle", "line0")).hasSize(3);
    assertThat(page.all("circle", "line1")).hasSize(4);
    assertThat(page.text()).contains("Two layers.", "How far back learning reaches", "never");
  }

  private static Page panel(List<JsonNode> history) {
    Optional<Element> figure = new GradientNormPanel(new History(history)).figure();
    return Page.of(figure.orElseThrow().toString());
  }
}
