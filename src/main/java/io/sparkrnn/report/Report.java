package io.sparkrnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The page {@code report.html}: scores, learning curve, classes, confusions or forecasts, and where
 * the model comes from. One file, no network, no script; on a phone, on paper, light or dark. The
 * same trees give the same bytes. See the package for their formats.
 */
public final class Report {
  private static final String STYLE_SHEET = "report.css";

  private Report() {}

  /**
   * The whole page.
   *
   * @param metrics the tree of {@code metrics.json}
   * @param history the trees of the lines of {@code history.jsonl}; may be empty
   * @param provenance what is known about the run; may be an empty object
   * @return HTML that is well-formed XML too
   * @throws io.sparkrnn.error.DataException if a table of confusions is not as wide as its labels
   */
  public static String html(JsonNode metrics, List<JsonNode> history, JsonNode provenance) {
    Origin origin = new Origin(provenance);
    Scores scores = new Scores(metrics);
    ScoreTable table = new ScoreTable(scores, origin.metric());
    Element main = new Element("main");
    main.add(header(origin));
    table.headline().ifPresent(main::add);
    main.add(origin.notes());
    main.add(new LearningCurve(new History(history), origin.metric(), origin.networks()).section());
    new TextSamples(history).section().ifPresent(main::add);
    main.add(table.section());
    details(scores, main);
    main.add(origin.section());
    return page(origin.title(), main);
  }

  /** A whole page of this look. */
  static String page(String title, Element main) {
    Element page = new Element("html").set("xmlns", "http://www.w3.org/1999/xhtml");
    page.set("lang", "en").add(head(title), new Element("body").add(main));
    return "<!DOCTYPE html>\n" + page + "\n";
  }

  private static Element head(String title) {
    return new Element("head")
        .add(
            new Element("meta").set("charset", "UTF-8"),
            new Element("meta")
                .set("name", "viewport")
                .set("content", "width=device-width, initial-scale=1"),
            Html.text("title", title),
            Html.style(styleSheet()));
  }

  private static Element header(Origin origin) {
    return new Element("header")
        .add(Html.text("h1", origin.title()), Html.note("lead", origin.description()));
  }

  private static void details(Scores scores, Element main) {
    if (scores.detail("series").isPresent()) {
      String split = scores.splitWith("series");
      JsonNode part = scores.metrics().path(split);
      main.add(Backtests.lines(split, part));
      Backtests.steps(split, part).ifPresent(main::add);
      main.add(Backtests.residuals(split, part));
    }
    scores
        .detail("examples")
        .ifPresent(
            examples -> main.add(Attentions.section(scores.splitWith("examples"), examples)));
    scores
        .detail("sample")
        .ifPresent(sample -> main.add(Forecasts.lines(scores.splitWith("sample"), sample)));
    scores
        .detail("perOutput")
        .ifPresent(
            outputs -> main.add(Forecasts.residuals(scores.splitWith("perOutput"), outputs)));
    Optional<JsonNode> confusion = scores.detail("confusion");
    confusion
        .map(tree -> new ConfusionMatrix(Confusions.of(tree)))
        .ifPresent(matrix -> main.add(matrix.section(scores.splitWith("confusion"))));
    scores
        .detail("perClass")
        .map(PerClassTable::new)
        .ifPresent(classes -> main.add(classes.section(scores.splitWith("perClass"))));
  }

  private static String styleSheet() {
    try (InputStream in = Report.class.getResourceAsStream(STYLE_SHEET)) {
      if (in == null) {
        throw new IllegalStateException(
            "The style sheet io/sparkrnn/report/" + STYLE_SHEET + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
