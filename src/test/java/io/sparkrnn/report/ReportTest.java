package io.sparkrnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.error.DataException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The page is whole, self-contained, the same everywhere, and says what the trees say. */
class ReportTest {
  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

  @Test
  void pageStandsAlone() {
    for (JsonNode metrics :
        List.of(Runs.speakers(), Runs.languages(), Runs.tags(), Runs.sunspots(), NOTHING)) {
      String html = Report.html(metrics, Runs.history(12, 50, "accuracy", 0.1, 0.9), provenance());
      Page page = Page.of(html);

      assertThat(page.texts("h1")).containsExactly("A <title>");
      for (Element element : page.all("*")) {
        assertThat(element.getTagName())
            .isNotIn("script", "link", "img", "iframe", "object", "image", "use", "foreignObject");
        for (String attribute : List.of("src", "href", "xlink:href", "onload", "onclick")) {
          assertThat(element.hasAttribute(attribute)).as(attribute).isFalse();
        }
      }
      assertThat(page.texts("style")).singleElement().asString().doesNotContain("url(", "@import");
    }
  }

  @Test
  void sameTreesGiveTheSameBytesInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.ROOT);
      String html = speakers();
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(speakers()).isEqualTo(html);
      Locale.setDefault(Locale.GERMANY);
      assertThat(speakers()).isEqualTo(html).contains("98.11 %", "61,409");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void headlineIsTheTestScoreTrainingWasSelectedBy() {
    ObjectNode languages = Runs.languages();
    ObjectNode provenance = Runs.provenance("Names", "classification", "LSTM", "macroF1");

    assertThat(headline(languages, provenance)).isEqualTo("0.7439test macro F1");
    provenance.put("metric", "loss");
    assertThat(headline(languages, provenance))
        .isEqualTo("87.00 %test accuracy: 1,553 of 1,785 right");
    languages.remove("test");
    assertThat(headline(languages, provenance)).contains("validation accuracy");
    assertThat(headline(Runs.sunspots(), NOTHING)).isEqualTo("11.71test RMSE");
  }

  @Test
  void classificationShowsClassesAndConfusions() {
    Page page = Page.of(Report.html(Runs.languages(), List.of(), provenance()));

    assertThat(page.all("table", "bars")).hasSize(1);
    assertThat(page.all("svg", "matrix")).hasSize(1);
    assertThat(page.all("rect", "right")).hasSize(18);
    assertThat(page.texts("li")).first().isEqualTo("Russian → Scottish 74 of 937 (7.9 %)");
    assertThat(page.texts("title")).contains("Russian → Scottish: 74 of 937 (7.9 %)");
    List<String> rows = page.texts("th");
    assertThat(rows.indexOf("Russian")).isLessThan(rows.indexOf("English"));
    assertThat(rows.indexOf("English")).isLessThan(rows.indexOf("Arabic"));
    assertThat(rows).contains("baseline: character 4-gram naive Bayes");
  }

  @Test
  void regressionShowsForecastsAndResiduals() {
    Page page = Page.of(Report.html(Runs.sunspots(), List.of(), provenance()));

    assertThat(page.all("path", "actual")).hasSize(1);
    assertThat(page.all("path", "predicted")).hasSize(1);
    assertThat(page.all("rect", "bar").size()).isGreaterThan(20);
    assertThat(page.all("svg", "matrix")).isEmpty();
  }

  @Test
  void outputsOfEveryStepAreDrawnApart() {
    ObjectNode metrics = JsonNodeFactory.instance.objectNode();
    ObjectNode sample = metrics.putObject("test").putArray("sample").addObject().put("id", "s");
    for (String field : List.of("actual", "predicted")) {
      sample.putArray(field).add(pair(1, 5)).add(pair(2, 6)).addNull();
    }

    Page page = Page.of(Report.html(metrics, List.of(), provenance()));

    assertThat(page.texts("figcaption")).containsExactly("s, output 1", "s, output 2");
    assertThat(page.all("path", "actual").get(1).getAttribute("d")).hasSizeGreaterThan(8);
  }

  @Test
  void originIsToldAndCanBeRunAgain() {
    Page page = Page.of(Report.html(NOTHING, List.of(), provenance()));

    assertThat(page.text())
        .contains("spark-rnn 0.1.0, spark 4.1.0")
        .contains("took1:32")
        .contains("Save the effective job file below as job.conf");
    assertThat(page.texts("pre")).singleElement().asString().contains("format = \"uea\"");

    ObjectNode withCommand = provenance().put("command", "scripts/spark-rnn train a.conf");
    assertThat(Page.of(Report.html(NOTHING, List.of(), withCommand)).texts("pre"))
        .first()
        .isEqualTo("scripts/spark-rnn train a.conf");
  }

  @Test
  void nothingKnownIsStillAPageThatSaysSo() {
    Page page = Page.of(Report.html(NOTHING, List.of(), NOTHING));

    assertThat(page.texts("h1")).containsExactly("Trained network");
    assertThat(page.text()).contains("Nothing was evaluated.", "No epoch was recorded");
    assertThat(page.text()).doesNotContain("NaN", "null", "Optional");
  }

  @Test
  void valuesThatAreAbsentOrNotFiniteAreDashes() {
    ObjectNode metrics = JsonNodeFactory.instance.objectNode();
    metrics.putObject("train").put("accuracy", 0.5).putNull("loss").put("count", 4);
    metrics.putObject("test").putNull("accuracy").put("loss", Double.POSITIVE_INFINITY);
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("epoch", 1).put("loss", "NaN");
    line.putObject("validation").putNull("accuracy");

    Page page = Page.of(Report.html(metrics, List.of(line), provenance()));

    assertThat(page.texts("td")).startsWith("0.5000", "–", "4", "–", "–", "–");
    assertThat(page.text()).doesNotContain("NaN", "Infinity", "null");
  }

  @Test
  void confusionsThatDoNotFitTheirLabelsAreRefused() {
    ObjectNode metrics = Runs.speakers();
    ((ObjectNode) metrics.at("/test/confusion")).putArray("labels").add("only one");

    assertThatThrownBy(() -> Report.html(metrics, List.of(), NOTHING))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected 1 rows of 1 counts, one a label, found 9 rows of [9]");
  }

  private static String speakers() {
    List<JsonNode> history = Runs.history(41, 50, "accuracy", 0.1, 0.9);
    return Report.html(Runs.speakers(), history, provenance());
  }

  private static String headline(JsonNode metrics, JsonNode provenance) {
    return Page.of(Report.html(metrics, List.of(), provenance))
        .all("div", "main")
        .get(0)
        .getTextContent();
  }

  private static JsonNode pair(double first, double second) {
    return JsonNodeFactory.instance.arrayNode().add(first).add(second);
  }

  private static ObjectNode provenance() {
    return Runs.provenance("A <title>", "classification", "LSTM 1 → 2", "accuracy");
  }
}
