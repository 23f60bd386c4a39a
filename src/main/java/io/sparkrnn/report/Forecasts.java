package io.sparkrnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Predicted against actual values, step by step for a few sequences, and how residuals spread. */
final class Forecasts {
  private static final int MOST_SEQUENCES = 6;
  private static final int MOST_OUTPUTS = 3;
  private static final int MOST_STEPS = 1000;

  private Forecasts() {}

  /** Lines of a few sequences, from {@code sample} of a split of {@code metrics.json}. */
  static Element lines(String split, JsonNode sample) {
    Element section =
        Html.section(
            "Predicted and actual values",
            Html.note("hint", "Some sequences of the %s set, step by step.".formatted(split)));
    for (JsonNode sequence : Trees.elements(sample).stream().limit(MOST_SEQUENCES).toList()) {
      int outputs = Math.max(1, sequence.path("actual").path(0).size());
      for (int output = 0; output < Math.min(outputs, MOST_OUTPUTS); output++) {
        section.add(lines(sequence, output, outputs));
      }
    }
    return section;
  }

  /** A histogram an output, from {@code perOutput} of a split of {@code metrics.json}. */
  static Element residuals(String split, JsonNode perOutput) {
    Element panels = new Element("div").set("class", "panels");
    for (JsonNode output : Trees.elements(perOutput)) {
      HistogramChart histogram = HistogramChart.of(output.path("residuals"));
      if (histogram.isDrawable()) {
        String name = Labels.visible(output.path("output").asText());
        panels.add(
            Html.figure(
                "%s: RMSE %s, MAE %s, R² %s"
                    .formatted(
                        name,
                        Numbers.score(Trees.number(output.path("rmse"))),
                        Numbers.score(Trees.number(output.path("mae"))),
                        Numbers.score(Trees.number(output.path("r2")))),
                histogram.draw("actual − predicted", "Histogram of the residuals of " + name)));
      }
    }
    return Html.section(
        "Residuals",
        Html.note("hint", "Actual less predicted values of the whole %s set.".formatted(split)),
        panels);
  }

  private static Element lines(JsonNode sequence, int output, int outputs) {
    String id = Labels.visible(sequence.path("id").asText());
    int steps = sequence.path("actual").size();
    String caption =
        id
            + (outputs > 1 ? ", output " + (output + 1) : "")
            + (steps > MOST_STEPS
                ? ", the first %s of %s steps"
                    .formatted(Numbers.whole(MOST_STEPS), Numbers.whole(steps))
                : "");
    List<Series> lines =
        List.of(
            series("actual", sequence.path("actual"), output),
            series("predicted", sequence.path("predicted"), output));
    Axis x = LinearAxis.counting(1, Math.max(1, Math.min(steps, MOST_STEPS)));
    Axis y = LinearAxis.covering(LineChart.values(lines));
    Element picture =
        new LineChart(
                new Frame(900, 280, Frame.LEGEND, x, y), "step", "value", lines, Optional.empty())
            .draw("Actual and predicted values of " + caption);
    return Html.figure(caption, picture.set("class", "chart wide"));
  }

  private static Series series(String name, JsonNode values, int output) {
    double[] y =
        Trees.elements(values).stream()
            .limit(MOST_STEPS)
            .mapToDouble(node -> Trees.number(node.isArray() ? node.path(output) : node))
            .toArray();
    double[] x = new double[y.length];
    Arrays.setAll(x, i -> i + 1.0);
    return Series.of(name, name, x, y);
  }
}
