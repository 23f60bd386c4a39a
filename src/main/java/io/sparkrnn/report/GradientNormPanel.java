package io.sparkrnn.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Norms of the gradient of every layer by epoch: vanishing and exploding ones can be seen. */
final class GradientNormPanel {

  private static final double WIDTH = 480;
  private static final double HEIGHT = 300;

  /** Lines that can be told apart; of more layers the first, the last and some between. */
  private static final int MOST = 4;

  private static final String NORMS = "gradientNorms";
  private final History history;

  GradientNormPanel(History history) {
    this.history = history;
  }

  /** The picture; none if no epoch has norms. */
  Optional<Element> figure() {
    List<String> layers = layers();
    List<String> shown = evenly(layers);
    List<Series> lines = new ArrayList<>();
    for (String layer : shown) {
      lines.add(
          Series.of(
              layer, Series.style(lines.size()), history.numbers(), history.column(NORMS, layer)));
    }
    double[] drawable =
        Arrays.stream(LineChart.values(lines))
            .filter(value -> value > 0 && Axis.drawable(value))
            .toArray();
    if (drawable.length == 0) {
      return Optional.empty();
    }
    double least = Arrays.stream(drawable).min().orElse(1);
    double most = Arrays.stream(drawable).max().orElse(1);
    double[] epochs = history.numbers();
    Axis x = LinearAxis.counting(epochs[0], epochs[epochs.length - 1]);
    Frame frame = new Frame(WIDTH, HEIGHT, Frame.LEGEND, x, LogarithmicAxis.covering(least, most));
    String caption =
        shown.size() == layers.size()
            ? "Gradient norm by layer"
            : "Gradient norm by layer (%d of %d)".formatted(shown.size(), layers.size());
    return Optional.of(
        Html.figure(
            caption,
            new LineChart(frame, "epoch", "norm (logarithmic)", lines, Optional.empty())
                .draw(caption + ", before clipping, by epoch.")));
  }

  private List<String> layers() {
    Set<String> layers = new LinkedHashSet<>();
    history.lines().forEach(line -> layers.addAll(Trees.fields(line.path(NORMS)).keySet()));
    return layers.stream().filter(layer -> history.has(NORMS, layer)).toList();
  }

  private static List<String> evenly(List<String> layers) {
    if (layers.size() <= MOST) {
      return layers;
    }
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      shown.add(layers.get(i * (layers.size() - 1) / (MOST - 1)));
    }
    return shown;
  }
}
