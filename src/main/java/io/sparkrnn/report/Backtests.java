package io.sparkrnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Pictures of a forecaster: some series with forecasts and intervals, errors and coverage by steps
 * ahead, and what is left in the residuals.
 */
final class Backtests {
  private static final int MOST_SERIES = 4;
  private static final int MOST_LAGS = 40;

  private Backtests() {}

  /** Forecasts against actual values, from {@code series} of a split of {@code metrics.json}. */
  static Element lines(String split, JsonNode part) {
    Element section =
        Html.section(
            "Forecasts and actual values",
            Html.note(
                "hint",
                "The end of the %s part of some series: forecasts that follow one another, each from its own origin and without what came after it."
                    .formatted(split)));
    double level = Trees.number(part.path("interval").path("level"));
    for (JsonNode series :
        Trees.elements(part.path("series")).stream().limit(MOST_SERIES).toList()) {
      section.add(lines(series, level));
    }
    return section;
  }

  private static Element lines(JsonNode series, double level) {
    double[] time = numbers(series.path("time"));
    double[] before = numbers(series.path("history").path("time"));
    double[] known =
        DoubleStream.concat(
                DoubleStream.of(numbers(series.path("history").path("actual"))),
                DoubleStream.of(numbers(series.path("actual"))))
            .toArray();
    double[] all = DoubleStream.concat(DoubleStream.of(before), DoubleStream.of(time)).toArray();
    Band band =
        new Band(
            "%s interval".formatted(Numbers.percent(level, 0)),
            time,
            numbers(series.path("lower")),
            numbers(series.path("upper")));
    List<Series> lines =
        List.of(
            Series.of("actual", "actual", all, known),
            Series.of("forecast", "predicted", time, numbers(series.path("forecast"))));
    double[] values =
        DoubleStream.concat(
                DoubleStream.of(LineChart.values(lines)), DoubleStream.of(band.values()))
            .toArray();
    boolean calendar = series.path("calendar").asBoolean();
    Axis x =
        calendar
            ? CalendarAxis.between(all[0], all[all.length - 1])
            : LinearAxis.between(all[0], all[all.length - 1]);
    String id = Labels.visible(series.path("id").asText());
    Element picture =
        new LineChart(
                new Frame(960, 320, Frame.LEGEND, x, LinearAxis.covering(values)),
                "time",
                "value",
                lines,
                Optional.empty(),
                band.isDrawable() ? Optional.of(band) : Optional.empty())
            .draw("Forecast and actual values of " + id);
    return Html.figure(id, picture.set("class", "chart wide"));
  }

  /** Errors and coverage by steps ahead; nothing for a single step. */
  static Optional<Element> steps(String split, JsonNode part) {
    List<JsonNode> perStep = Trees.elements(part.path("perStep"));
    if (perStep.size() < 2) {
      return Optional.empty();
    }
    double[] step = perStep.stream().mapToDouble(node -> node.path("step").asDouble()).toArray();
    Element panels = new Element("div").set("class", "panels");
    Series rmse = Series.of("RMSE", "actual", step, column(perStep, "rmse"));
    Series mae = Series.of("MAE", "score", step, column(perStep, "mae"));
    panels.add(panel("Errors", "error", step, List.of(rmse, mae)));
    double[] covered = column(perStep, "coverage");
    if (Arrays.stream(covered).allMatch(Axis::drawable)) {
      double[] wanted = new double[step.length];
      Arrays.fill(wanted, Trees.number(part.path("interval").path("level")));
      panels.add(
          panel(
              "Coverage of intervals",
              "share covered",
              step,
              List.of(
                  Series.of("covered", "actual", step, covered),
                  Series.of("level", "predicted", step, wanted))));
    }
    return Optional.of(
        Html.section(
            "By steps ahead",
            Html.note("hint", "All origins of the %s part, all series.".formatted(split)),
            panels));
  }

  private static Element panel(String caption, String yTitle, double[] step, List<Series> lines) {
    Frame frame =
        new Frame(
            480,
            270,
            Frame.LEGEND,
            LinearAxis.counting(1, step[step.length - 1]),
            LinearAxis.covering(LineChart.values(lines)));
    return Html.figure(
        caption,
        new LineChart(frame, "steps ahead", yTitle, lines, Optional.empty()).draw(caption));
  }

  /** How residuals spread, and what they say of one another. */
  static Element residuals(String split, JsonNode part) {
    Element panels = new Element("div").set("class", "panels");
    HistogramChart histogram = HistogramChart.of(part.path("residuals"));
    if (histogram.isDrawable()) {
      panels.add(
          Html.figure(
              "All steps ahead, all series",
              histogram.draw("actual − forecast", "Histogram of the residuals")));
    }
    for (JsonNode series : Trees.elements(part.path("series")).stream().limit(2).toList()) {
      panels.add(ofSeries(series));
    }
    return Html.section(
        "Residuals",
        Html.note(
            "hint",
            "Actual less forecast values of the %s part. Those of a series are of one step ahead, from origin to origin; white noise would keep nearly all autocorrelations within the shaded bounds."
                .formatted(split)),
        panels);
  }

  private static List<Element> ofSeries(JsonNode series) {
    double[] residuals = numbers(series.path("residuals"));
    String id = Labels.visible(series.path("id").asText());
    List<Element> figures = new ArrayList<>();
    if (residuals.length < 2) {
      return figures;
    }
    double[] number = new double[residuals.length];
    Arrays.setAll(number, i -> i + 1.0);
    Frame frame =
        new Frame(
            480, 250, 12, LinearAxis.counting(1, number.length), LinearAxis.covering(residuals));
    Element line = frame.draw("origin", "residual", "Residuals of " + id);
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < residuals.length; i++) {
      points.add(new double[] {frame.x(number[i]), frame.y(residuals[i])});
    }
    line.add(
        Svg.line("axis", frame.left(), frame.y(0), frame.right(), frame.y(0)),
        Svg.path("fine line actual", points));
    figures.add(Html.figure(id + ": one step ahead", line));
    boolean varies = Arrays.stream(residuals).distinct().count() > 1;
    int lags = Math.min(MOST_LAGS, residuals.length / 4);
    if (varies && lags >= 1) {
      CorrelogramChart chart = CorrelogramChart.of(residuals, lags);
      figures.add(
          Html.figure(
              "%s: autocorrelation, %s of %d lags beyond the bounds"
                  .formatted(id, Numbers.percent(chart.shareBeyond(), 0), lags),
              chart.draw("Autocorrelation of the residuals of " + id)));
    }
    return figures;
  }

  private static double[] column(List<JsonNode> rows, String name) {
    return rows.stream().mapToDouble(row -> Trees.number(row.path(name))).toArray();
  }

  private static double[] numbers(JsonNode array) {
    return Trees.elements(array).stream().mapToDouble(Trees::number).toArray();
  }
}
