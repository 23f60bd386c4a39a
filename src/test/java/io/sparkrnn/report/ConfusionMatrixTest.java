package io.sparkrnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.metric.ClassificationMetrics;
import io.sparkrnn.report.Confusions.Confusion;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The grid shows every count where it belongs, for two classes and for fifty. */
class ConfusionMatrixTest {

  @Test
  void worstConfusionsComeFirstAndOfEqualOnesTheRarerClass() {
    ClassificationMetrics metrics = new ClassificationMetrics(3);
    add(metrics, 0, 0, 96);
    add(metrics, 0, 1, 4);
    add(metrics, 1, 1, 6);
    add(metrics, 1, 2, 4);
    add(metrics, 2, 0, 5);

    assertThat(confusions(metrics, "a", "b", "c").worst(2))
        .containsExactly(new Confusion("c", "a", 5, 5), new Confusion("b", "c", 4, 10));
  }

  @Test
  void countsAreShadedByTheirShareOfTheRow() {
    ClassificationMetrics metrics = new ClassificationMetrics(2);
    add(metrics, 0, 0, 75);
    add(metrics, 0, 1, 25);
    add(metrics, 1, 1, 1);

    Page page = matrix(confusions(metrics, "yes", "no"));

    assertThat(page.all("rect", "wrong"))
        .singleElement()
        .extracting(square -> square.getAttribute("fill-opacity"))
        .isEqualTo("0.55");
    assertThat(page.all("rect", "right"))
        .extracting(square -> square.getAttribute("fill-opacity"))
        .containsExactly("0.88", "1");
    assertThat(page.texts("title")).contains("yes → no: 25 of 100 (25.0 %)");
  }

  @Test
  void unseenLabelsHaveARowAndNoColumn() {
    ClassificationMetrics metrics = new ClassificationMetrics(2);
    add(metrics, 0, 0, 5);
    IntStream.range(0, 3).forEach(i -> metrics.addUnknown(1));

    Confusions confusions = confusions(metrics, "yes", "no");

    assertThat(confusions.worst(5)).containsExactly(new Confusion(Confusions.UNSEEN, "no", 3, 3));
    assertThat(matrix(confusions).texts("text")).containsOnlyOnce(Confusions.UNSEEN);
  }

  @Test
  void nothingConfusedIsSaidInWords() {
    ClassificationMetrics metrics = new ClassificationMetrics(2);
    add(metrics, 0, 0, 5);

    assertThat(matrix(confusions(metrics, "yes", "no")).text()).contains("Nothing was confused.");
  }

  @Test
  void fiftyClassesAreAllShownWithinThePicture() {
    ObjectNode metrics = Runs.evenly(50, 80, 0.8);

    Page page = matrix(Confusions.of(metrics.get("confusion")));

    assertThat(page.all("rect", "right")).hasSize(50);
    Element picture = page.all("svg").get(0);
    double width = Double.parseDouble(picture.getAttribute("width"));
    assertThat(width).isLessThan(1200);
    for (Element square : page.all("rect")) {
      assertThat(Double.parseDouble(square.getAttribute("x"))).isBetween(0.0, width);
    }
    assertThat(page.texts("text")).contains("class number 1", "class number 50");
  }

  @Test
  void ofHundredsOfClassesTheMostFrequentAreShownWithTheirWholeSupport() {
    Confusions all = Confusions.of(Runs.evenly(200, 5, 0.5).get("confusion"));

    Page page = matrix(all);

    assertThat(page.text()).contains("Shown are the 60 most frequent of 200 classes.");
    assertThat(page.all("rect", "right")).hasSize(60);
    Confusions shown = all.mostFrequent(60);
    assertThat(shown.rows())
        .hasSize(60)
        .startsWith("class number 141")
        .endsWith("class number 200");
    assertThat(shown.support(59)).isEqualTo(204);
  }

  @Test
  void longLabelsAreCutInTheGridAndWholeUnderThePointer() {
    ClassificationMetrics metrics = new ClassificationMetrics(2);
    add(metrics, 0, 1, 1);
    String label = "一二三四五六七八九十一二三四五";

    Page page = matrix(confusions(metrics, label, "no"));

    assertThat(page.texts("text")).contains("一二三四五六七八九十…").doesNotContain(label);
    assertThat(page.texts("title")).contains(label + " → no: 1 of 1 (100.0 %)");
  }

  private static void add(ClassificationMetrics metrics, int actual, int predicted, int times) {
    IntStream.range(0, times).forEach(i -> metrics.add(actual, predicted));
  }

  private static Confusions confusions(ClassificationMetrics metrics, String... labels) {
    return Confusions.of(metrics.toJson(List.of(labels)).get("confusion"));
  }

  private static Page matrix(Confusions confusions) {
    return Page.of(new ConfusionMatrix(confusions).section("test").toString());
  }
}
