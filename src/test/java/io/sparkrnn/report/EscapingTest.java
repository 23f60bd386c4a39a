package io.sparkrnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts from data and users are shown as they are and never become part of the page. */
class EscapingTest {
  private static final String SCRIPT = "</title><script>alert('1')</script>";
  private static final String QUOTES = "\"' onload=\"x\" ]]> <!-- &amp; &#60;";

  @Test
  void hostileLabelsAreOnlyText() {
    List<String> labels =
        List.of(SCRIPT, QUOTES, "\u0000\u0007\u009F", "\uD800 half", "", " ", "\n");
    int[] counts = {20, 20, 20, 20, 20, 20, 20};
    ObjectNode metrics = JsonNodeFactory.instance.objectNode();
    metrics.set("test", Runs.classification(labels, counts, 0.3, 1));

    Page page = Page.of(Report.html(metrics, List.of(), JsonNodeFactory.instance.objectNode()));

    assertThat(page.all("script")).isEmpty();
    assertThat(page.texts("th"))
        .contains(SCRIPT, QUOTES, "␀␇\uFFFD", "\uFFFD half", "(empty)", "␣", "␊");
  }

  @Test
  void hostileProvenanceHistoryAndNamesAreOnlyText() {
    ObjectNode provenance = JsonNodeFactory.instance.objectNode();
    for (String field : List.of("title", "task", "network", "notes", "command", "job", QUOTES)) {
      provenance.put(field, SCRIPT);
    }
    provenance.putObject("versions").put(SCRIPT, QUOTES);
    ObjectNode metrics = Runs.sunspots();
    metrics.putObject("baselines").putObject(SCRIPT).put(SCRIPT, 1);
    ((ObjectNode) metrics.at("/test/sample/0")).put("id", SCRIPT);
    ((ObjectNode) metrics.at("/test/perOutput/0")).put("output", SCRIPT);
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("epoch", 1);
    line.putObject("validation").put(SCRIPT, 0.5);

    Page page = Page.of(Report.html(metrics, List.of(line), provenance));

    assertThat(page.all("script")).isEmpty();
    assertThat(page.texts("h1")).containsExactly(SCRIPT);
    assertThat(page.texts("pre")).containsExactly(SCRIPT, SCRIPT);
    assertThat(page.texts("th")).contains("baseline: " + SCRIPT, SCRIPT, QUOTES);
    assertThat(page.texts("figcaption")).contains(SCRIPT, "Validation " + SCRIPT);
  }

  @Test
  void styleSheetReadsTheSameAsHtmlAndAsXml() {
    assertThatThrownBy(() -> Html.style("p > a {}")).isInstanceOf(IllegalArgumentException.class);
    assertThat(Html.style("p { margin: 0 }")).hasToString("<style>p { margin: 0 }</style>");
  }

  @Test
  void onlyVoidElementsHaveNoEndTag() {
    assertThat(new Element("td")).hasToString("<td></td>");
    assertThat(new Element("meta").set("charset", "UTF-8"))
        .hasToString("<meta charset=\"UTF-8\"/>");
  }
}
