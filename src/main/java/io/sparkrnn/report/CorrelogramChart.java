package io.sparkrnn.report;

import io.sparkrnn.statistics.Autocorrelations;
import java.util.stream.IntStream;

/**
 * Autocorrelations as bars, with the bounds within which those of white noise stay.
 *
 * @param correlations of lags 0, 1, …
 * @param bound of white noise
 */
@SuppressWarnings("ArrayRecordComponent") // a compact carrier, drawn once
record CorrelogramChart(double[] correlations, double bound) {

  /** Of residuals that vary, up to a lag. */
  static CorrelogramChart of(double[] residuals, int lags) {
    Autocorrelations found = Autocorrelations.of(residuals, lags);
    return new CorrelogramChart(found.correlations(), found.whiteNoiseBound(0.95));
  }

  /** Share of the lags from 1 on that lie beyond the bounds. */
  double shareBeyond() {
    long beyond =
        IntStream.range(1, correlations.length)
            .filter(lag -> Math.abs(correlations[lag]) > bound)
            .count();
    return (double) beyond / Math.max(1, correlations.length - 1);
  }

  /** The picture. */
  Element draw(String description) {
    double[] range = correlations.clone();
    range[0] = bound * 1.5; // lag 0 is 1 always, and is not drawn
    range = java.util.Arrays.copyOf(range, range.length + 1);
    range[range.length - 1] = -bound * 1.5;
    int lags = correlations.length - 1;
    Frame frame =
        new Frame(480, 250, 12, LinearAxis.counting(0, lags + 1.0), LinearAxis.covering(range));
    Element picture = frame.draw("lag", "autocorrelation", description);
    double wide = frame.x(1) - frame.x(0);
    picture.add(
        Svg.rectangle(
            "interval",
            frame.left(),
            frame.y(bound),
            frame.right() - frame.left(),
            frame.y(-bound) - frame.y(bound)));
    for (int lag = 1; lag <= lags; lag++) {
      double top = frame.y(Math.max(0, correlations[lag]));
      double low = frame.y(Math.min(0, correlations[lag]));
      picture.add(
          Svg.rectangle("bar", frame.x(lag) - 0.3 * wide, top, 0.6 * wide, low - top)
              .add(Svg.hover("lag %d: %s".formatted(lag, Numbers.score(correlations[lag])))));
    }
    return picture.add(Svg.line("axis", frame.left(), frame.y(0), frame.right(), frame.y(0)));
  }
}
