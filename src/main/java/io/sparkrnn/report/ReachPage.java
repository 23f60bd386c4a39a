package io.sparkrnn.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The page that shows how far back learning reaches: norms of gradients by lag, a line a layer. */
public final class ReachPage {

  private static final double WIDTH = 760;
  private static final double HEIGHT = 420;

  /** Below this nothing is drawn: it would be less than the last digit of a float beside 1. */
  private static final double LEAST = 1e-12;

  private ReachPage() {}

  /**
   * The whole page.
   *
   * @param norms by name of the layer, ‖∂L/∂h_{t−k}‖ by lag k from 0
   * @param about what the layers are, in a sentence
   * @return HTML that is well-formed XML too
   */
  public static String html(Map<String, double[]> norms, String about) {
    List<Series> lines = new ArrayList<>();
    norms.forEach(
        (name, values) -> {
          double[] lags = new double[values.length];
          Arrays.setAll(lags, k -> k);
          double[] drawn =
              Arrays.stream(values).map(norm -> norm >= LEAST ? norm : Double.NaN).toArray();
          lines.add(Series.of(name, Series.style(lines.size()), lags, drawn));
        });
    double[] all = Arrays.stream(LineChart.values(lines)).filter(value -> value > 0).toArray();
    double least = Arrays.stream(all).min().orElse(LEAST);
    double most = Arrays.stream(all).max().orElse(1);
    int longest = norms.values().stream().mapToInt(values -> values.length - 1).max().orElse(1);
    Frame frame =
        new Frame(
            WIDTH,
            HEIGHT,
            Frame.LEGEND,
            LinearAxis.counting(0, longest),
            LogarithmicAxis.covering(least, most));
    Element chart =
        new LineChart(frame, "lag k", "‖∂L/∂h(t−k)‖ (logarithmic)", lines, Optional.empty())
            .draw("Norm of the gradient by lag. " + about);
    Element main =
        new Element("main")
            .add(
                new Element("header")
                    .add(
                        Html.text("h1", "How far back learning reaches"), Html.note("lead", about)),
                Html.section(
                    "Gradient by lag",
                    Html.note(
                        "hint",
                        "The norm of ∂L/∂h(t−k), the share of the error at step t that arrives k steps before it; 1 at lag 0. What falls by the same factor at every step is a straight line: what lies far back is then hardly learnt."),
                    Html.figure("Norm of the gradient", chart),
                    table(norms)));
    return Report.page("How far back learning reaches", main);
  }

  private static Element table(Map<String, double[]> norms) {
    List<List<Element>> rows = new ArrayList<>();
    norms.forEach(
        (name, values) -> {
          int last = values.length - 1;
          rows.add(
              List.of(
                  Html.rowName(name),
                  Html.cell(scientific(values[Math.min(10, last)])),
                  Html.cell(scientific(values[last])),
                  Html.cell(belowOnePercent(values))));
        });
    int longest = norms.values().stream().mapToInt(values -> values.length - 1).max().orElse(0);
    return Html.table(
        "numbers",
        List.of(
            "layer", "at lag " + Math.min(10, longest), "at lag " + longest, "below 1 % from lag"),
        rows);
  }

  private static String belowOnePercent(double[] values) {
    for (int k = 0; k < values.length; k++) {
      if (values[k] < 0.01) {
        return Integer.toString(k);
      }
    }
    return "never";
  }

  private static String scientific(double value) {
    return String.format(Locale.ROOT, "%.1e", value);
  }
}
