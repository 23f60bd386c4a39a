package io.sparkrnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The curve shows every recorded epoch once, and marks the one that was kept. */
class LearningCurveTest {

  @Test
  void lossesShareAnAxisAndTheScoreHasItsOwn() {
    Page page = curve(Runs.history(41, 50, "accuracy", 0.1, 0.9), Optional.of("accuracy"));

    assertThat(page.texts("figcaption")).containsExactly("Loss", "Validation accuracy");
    assertThat(page.all("path", "training")).hasSize(1);
    assertThat(page.all("circle", "validation")).hasSize(41);
    assertThat(page.all("rect", "band")).hasSize(2 * 41);
    assertThat(page.text()).contains("Stopped after 41 of 50 epochs; epoch 31 was the best");
    assertThat(page.texts("text")).contains("best: 31", "epoch", "accuracy");
  }

  @Test
  void valuesOfAnEpochAreShownUnderThePointer() {
    List<JsonNode> history = List.of(line(1, 2.5, 0.25), line(2, 1.5, 0.75));

    Page page = curve(history, Optional.empty());

    assertThat(page.texts("title"))
        .containsExactly(
            "epoch 1\ntraining 2.5000",
            "epoch 2\ntraining 1.5000",
            "epoch 1\nvalidation accuracy 0.2500",
            "epoch 2\nvalidation accuracy 0.7500");
  }

  @Test
  void thousandsOfEpochsShareBandsUnderThePointer() {
    Page page = curve(Runs.history(5000, 5000, "accuracy", 0.1, 0.9), Optional.empty());

    assertThat(page.all("rect", "band")).hasSize(2 * 250);
    assertThat(page.all("circle")).isEmpty();
  }

  @Test
  void oneEpochIsADotInTheMiddle() {
    Page page = curve(List.of(line(1, 2.5, 0.25)), Optional.empty());

    assertThat(page.all("circle")).hasSize(2);
    assertThat(page.text()).contains("Trained for 1 epoch.");
  }

  @Test
  void ofAnEnsembleTheFirstNetworkIsShown() {
    History history = new History(List.of(line(1, 2.5, 0.25)));

    Page page = Page.of(new LearningCurve(history, Optional.empty(), 6).section().toString());

    assertThat(page.text()).contains("Trained for 1 epoch. This is the first of 6 networks.");
  }

  @Test
  void noEpochIsSaidInWords() {
    Page page = curve(List.of(), Optional.of("accuracy"));

    assertThat(page.all("svg")).isEmpty();
    assertThat(page.text()).contains("No epoch was recorded");
  }

  @Test
  void missingValuesBreakTheLine() {
    List<JsonNode> history = new ArrayList<>();
    double[] losses = {3, Double.NaN, 2, 1, 1e300, 1};
    for (int i = 0; i < losses.length; i++) {
      history.add(line(i + 1, losses[i], 0.5));
    }

    Page page = curve(history, Optional.empty());

    assertThat(page.all("path", "training").get(0).getAttribute("d").replaceAll("[^ML]", ""))
        .isEqualTo("MMLM");
    assertThat(page.all("circle", "training")).hasSize(4);
  }

  @Test
  void withoutValidationOnlyTheTrainingLossIsShown() {
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("epoch", 1).put("loss", 0.5);

    Page page = curve(List.of(line), Optional.of("accuracy"));

    assertThat(page.texts("figcaption")).containsExactly("Loss");
    assertThat(page.all("path", "validation")).isEmpty();
  }

  @Test
  void linesWithNoNumberAtAllDrawNothing() {
    Page page = curve(List.of(JsonNodeFactory.instance.objectNode()), Optional.empty());

    assertThat(page.all("svg")).isEmpty();
    assertThat(page.text()).contains("Trained for 1 epoch.");
  }

  @Test
  void shardsLeftOutOfAnAverageAreTold() {
    Page page =
        curve(
            List.of(line(1, 2, 0.1).put("dropped", 2), line(2, 1, 0.2).put("dropped", 1)),
            Optional.empty());

    assertThat(page.text()).contains("parameters were not finite: a shard, 3 times.");
  }

  @Test
  void bestIsTheLastEpochMarkedAsBest() {
    ObjectNode first = line(1, 2, 0.1).put("best", true);
    ObjectNode second = line(2, 1, 0.2).put("best", true);

    assertThat(new History(List.of(first, second, line(3, 3, 0.3))).best()).hasValue(2);
    assertThat(new History(List.of(line(1, 1, 1))).best()).isEmpty();
  }

  private static ObjectNode line(int epoch, double loss, double accuracy) {
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("epoch", epoch).put("loss", loss);
    line.putObject("validation").put("accuracy", accuracy);
    return line;
  }

  private static Page curve(List<JsonNode> history, Optional<String> score) {
    return Page.of(new LearningCurve(new History(history), score, 1).section().toString());
  }
}
