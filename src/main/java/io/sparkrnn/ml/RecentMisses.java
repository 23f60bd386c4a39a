package io.sparkrnn.ml;

import io.sparkrnn.ml.Forecaster.Forecast;
import io.sparkrnn.ml.Forecaster.Origin;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;

/**
 * Conformal intervals that follow a series: the misses that calibrate step h ahead are those of the
 * forecasts of the last {@code window} steps, known at the origin. Where there are too few, the
 * calibration of the validation part stands in. So intervals narrow in calm times and widen in
 * rough ones; see {@link Calibration} for what a miss is.
 *
 * <p>The share of misses that a side is to have follows what it had (Gibbs and Candès 2021), for
 * every step ahead and each side by itself: with β = (1 − L)/2, after every value that became known
 *
 * <pre>
 * b ← b + γ (β − [the value lay beyond this side]),   0 ≤ b ≤ ½
 * </pre>
 *
 * and the bound is moved by the 1 − b quantile. In the long run as many values are missed as the
 * level allows, however the series drifts; with γ = 0 the level stays as it is.
 */
final class RecentMisses implements Intervals {

  /** Misses a side must have for a quantile of its own: one of them lies beyond a level of 0.9. */
  private static final int FEWEST = 20;

  private final int window;
  private final Calibration fallback;
  private final Side below;
  private final Side above;
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();
  private int seen = -1;

  /**
   * A forecast of which some steps are not known yet.
   *
   * @param raw as the model made it
   * @param given with the interval that it was given
   */
  private record Pending(int step, Forecast raw, Forecast given) {}

  /** Misses of one side, and the share of them that its bounds are to leave. */
  private static final class Side {
    private final SlidingQuantile[] misses;
    private final double[] share;
    private final double wanted;
    private final double rate;

    Side(int horizon, BacktestSettings settings) {
      misses = SlidingQuantile.many(horizon);
      share = new double[horizon];
      wanted = (1 - settings.level()) / 2;
      rate = settings.adaptation();
      Arrays.fill(share, wanted);
    }

    void add(int h, int step, double miss, boolean beyond) {
      misses[h].add(step, miss);
      share[h] += rate * (wanted - (beyond ? 1 : 0));
      share[h] = Math.max(0, Math.min(0.5, share[h]));
    }

    double bound(int h, int forgotten, double[] fallback) {
      misses[h].forget(forgotten);
      return misses[h].size() >= FEWEST ? misses[h].quantile(1 - share[h]) : fallback[h];
    }
  }

  RecentMisses(int horizon, BacktestSettings settings, Calibration fallback) {
    this.window = settings.calibrationWindow();
    this.fallback = fallback;
    this.below = new Side(horizon, settings);
    this.above = new Side(horizon, settings);
  }

  @Override
  public Forecast apply(Origin origin, Forecast forecast) {
    learn(origin);
    int horizon = forecast.point().length;
    Calibration now = Calibration.none(horizon);
    int forgotten = origin.step() - window;
    for (int h = 0; h < horizon; h++) {
      now.below()[h] = below.bound(h, forgotten, fallback.below());
      now.above()[h] = above.bound(h, forgotten, fallback.above());
    }
    Forecast given = now.apply(forecast);
    pending.add(new Pending(origin.step(), forecast, given));
    return given;
  }

  /** Takes in what became known since the last origin. */
  private void learn(Origin origin) {
    Iterator<Pending> earlier = pending.iterator();
    while (earlier.hasNext()) {
      Pending made = earlier.next();
      int horizon = made.raw.point().length;
      int from = Math.max(made.step, seen) + 1;
      int to = Math.min(origin.step(), made.step + horizon);
      for (int t = from; t <= to; t++) {
        learn(made, t, origin.series().at(t));
      }
      if (made.step + horizon <= origin.step()) {
        earlier.remove();
      }
    }
    seen = origin.step();
  }

  private void learn(Pending made, int t, double actual) {
    int h = t - made.step - 1;
    double unit = made.raw.unit()[h];
    below.add(h, t, (made.raw.lower()[h] - actual) / unit, actual < made.given.lower()[h]);
    above.add(h, t, (actual - made.raw.upper()[h]) / unit, actual > made.given.upper()[h]);
  }
}
