package io.sparkrnn.report;

import io.sparkrnn.report.LineChart.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How training went: losses of both sets over one axis, the validation score over another. */
final class LearningCurve {
  private static final double WIDTH = 480;
  private static final double HEIGHT = 300;

  private final History history;
  private final Optional<String> score;
  private final int networks;

  /**
   * A curve.
   *
   * @param networks of an ensemble, of which the history is that of the first; else 1
   */
  LearningCurve(History history, Optional<String> wantedScore, int networks) {
    this.history = history;
    this.score = history.score(wantedScore);
    this.networks = networks;
  }

  /** The pictures under their heading; a sentence in their place if there was no epoch. */
  Element section() {
    if (history.epochs() == 0) {
      return Html.section(
          "Learning curve",
          Html.note("hint", "No epoch was recorded: what is fitted in closed form has none."));
    }
    Element panels = new Element("div").set("class", "panels");
    List<Series> losses = losses();
    if (!losses.isEmpty()) {
      Axis axis = Axis.ofLosses(LineChart.values(losses));
      String title = axis instanceof LogarithmicAxis ? "loss (logarithmic)" : "loss";
      panels.add(panel("Loss", title, axis, losses));
    }
    score.ifPresent(name -> panels.add(scorePanel(name)));
    new GradientNormPanel(history).figure().ifPresent(panels::add);
    return Html.section("Learning curve", Html.note("hint", summary()), panels);
  }

  private List<Series> losses() {
    List<Series> losses = new ArrayList<>();
    if (history.has("loss")) {
      losses.add(Series.of("training", "training", history.numbers(), history.column("loss")));
    }
    if (history.has("validation", "loss")) {
      double[] values = history.column("validation", "loss");
      losses.add(Series.of("validation", "validation", history.numbers(), values));
    }
    return losses;
  }

  private Element scorePanel(String name) {
    String title = Scores.title(name);
    double[] values = history.column("validation", name);
    List<Series> lines =
        List.of(Series.of("validation " + title, "score", history.numbers(), values));
    LinearAxis axis = LinearAxis.covering(values);
    boolean shares = Scores.isShare(name);
    return panel("Validation " + title, title, shares ? axis.within(0, 1) : axis, lines);
  }

  private Element panel(String caption, String yTitle, Axis y, List<Series> lines) {
    double[] epochs = history.numbers();
    Axis x = LinearAxis.counting(epochs[0], epochs[epochs.length - 1]);
    Optional<Mark> mark =
        history.best().stream().mapToObj(epoch -> new Mark(epoch, "best: " + epoch)).findFirst();
    String description = caption + " by epoch. " + summary();
    return Html.figure(
        caption,
        new LineChart(new Frame(WIDTH, HEIGHT, Frame.LEGEND, x, y), "epoch", yTitle, lines, mark)
            .draw(description));
  }

  private String summary() {
    int trained = history.epochs();
    String length =
        trained < history.planned()
            ? "Stopped after %s of %s epochs".formatted(trained, history.planned())
            : trained == 1 ? "Trained for 1 epoch" : "Trained for %s epochs".formatted(trained);
    String kept =
        history.best().isPresent()
            ? "; epoch " + history.best().getAsInt() + " was the best and is the one kept."
            : ".";
    return length + kept + shown() + dropped() + rolledBack();
  }

  private String shown() {
    return networks == 1 ? "" : " This is the first of %s networks.".formatted(networks);
  }

  private String rolledBack() {
    long rollbacks = history.rollbacks();
    return rollbacks == 0
        ? ""
        : " Begun anew with smaller steps after it diverged: an epoch, %s."
            .formatted(rollbacks == 1 ? "once" : rollbacks + " times");
  }

  private String dropped() {
    long dropped = history.dropped();
    if (dropped == 0) {
      return "";
    }
    return " Left out of an average because its parameters were not finite: %s."
        .formatted(dropped == 1 ? "a shard, once" : "a shard, " + dropped + " times");
  }
}
