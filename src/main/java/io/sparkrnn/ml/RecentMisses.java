package io.sparkrnn.ml;

import io.sparkrnn.ml.Forecaster.Forecast;
import io.sparkrnn.ml.Forecaster.Origin;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Conformal intervals that follow a series: the misses that calibrate step h ahead are those of the
 * forecasts of the last {@code window} steps, known at the origin. Where there are too few, the
 * calibration of the validation part stands in. So intervals narrow in calm times and widen in
 * rough ones; see {@link Calibration} for what a miss is.
 */
final class RecentMisses implements Intervals {

  /** Misses a side must have for a quantile of its own: one of them lies beyond a level of 0.9. */
  private static final int FEWEST = 20;

  private final int window;
  private final double share;
  private final Calibration fallback;
  private final SlidingQuantile[] below;
  private final SlidingQuantile[] above;
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();
  private int seen = -1;

  /** A forecast of which some steps are not known yet. */
  private record Pending(int step, Forecast forecast) {}

  RecentMisses(int horizon, int window, double level, Calibration fallback) {
    this.window = window;
    this.share = (1 + level) / 2;
    this.fallback = fallback;
    this.below = SlidingQuantile.many(horizon);
    this.above = SlidingQuantile.many(horizon);
  }

  @Override
  public Forecast apply(Origin origin, Forecast forecast) {
    learn(origin);
    int horizon = below.length;
    Calibration now = Calibration.none(horizon);
    for (int h = 0; h < horizon; h++) {
      below[h].forget(origin.step() - window);
      above[h].forget(origin.step() - window);
      boolean enough = below[h].size() >= FEWEST;
      now.below()[h] = enough ? below[h].quantile(share) : fallback.below()[h];
      now.above()[h] = enough ? above[h].quantile(share) : fallback.above()[h];
    }
    pending.add(new Pending(origin.step(), forecast));
    return now.apply(forecast);
  }

  /** Takes in what became known since the last origin. */
  private void learn(Origin origin) {
    Iterator<Pending> earlier = pending.iterator();
    while (earlier.hasNext()) {
      Pending made = earlier.next();
      int from = Math.max(made.step, seen) + 1;
      int to = Math.min(origin.step(), made.step + below.length);
      for (int t = from; t <= to; t++) {
        int h = t - made.step - 1;
        double actual = origin.series().at(t);
        double unit = made.forecast.unit()[h];
        below[h].add(t, (made.forecast.lower()[h] - actual) / unit);
        above[h].add(t, (actual - made.forecast.upper()[h]) / unit);
      }
      if (made.step + below.length <= origin.step()) {
        earlier.remove();
      }
    }
    seen = origin.step();
  }
}
