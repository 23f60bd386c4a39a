package io.sparkrnn.ml;

import io.sparkrnn.ml.Forecaster.Forecast;
import java.io.Serializable;

/**
 * Split-conformal calibration of intervals, for every step ahead by itself (Lei et al. 2018;
 * Romano, Patterson and Candès 2019): on the validation part each side's misses, lower − y and y −
 * upper in units of the forecast, are ranked, and each side is moved by their (1 + L)/2 quantile.
 * So an interval covers as many values as the level says, if the future errs as the validation part
 * did.
 *
 * @param below H numbers of units that lower bounds are moved down by
 * @param above H numbers of units that upper bounds are moved up by
 */
@SuppressWarnings("ArrayRecordComponent") // a compact carrier
record Calibration(double[] below, double[] above) implements Serializable {

  /** Moves nothing. */
  static Calibration none(int horizon) {
    return new Calibration(new double[horizon], new double[horizon]);
  }

  Forecast apply(Forecast forecast) {
    double[] lower = forecast.lower().clone();
    double[] upper = forecast.upper().clone();
    for (int h = 0; h < lower.length; h++) {
      double point = forecast.point()[h];
      lower[h] = Math.min(point, lower[h] - below[h] * forecast.unit()[h]);
      upper[h] = Math.max(point, upper[h] + above[h] * forecast.unit()[h]);
    }
    return new Forecast(forecast.point(), lower, upper, forecast.unit());
  }

  /** The misses of some forecasts. Merging does not depend on any order. */
  static final class Misses implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ScoreHistogram[] below;
    private final ScoreHistogram[] above;

    Misses(int horizon) {
      below = histograms(horizon);
      above = histograms(horizon);
    }

    private static ScoreHistogram[] histograms(int count) {
      ScoreHistogram[] histograms = new ScoreHistogram[count];
      java.util.Arrays.setAll(histograms, h -> new ScoreHistogram());
      return histograms;
    }

    /** Adds what came of step h ahead, from 0, in the units of the forecast. */
    void add(Forecast forecast, int h, double actual) {
      below[h].add((forecast.lower()[h] - actual) / forecast.unit()[h]);
      above[h].add((actual - forecast.upper()[h]) / forecast.unit()[h]);
    }

    Misses plus(Misses other) {
      for (int h = 0; h < below.length; h++) {
        below[h].merge(other.below[h]);
        above[h].merge(other.above[h]);
      }
      return this;
    }

    /** Forecasts seen for the last step ahead, of which there are fewest. */
    long count() {
      return below[below.length - 1].total();
    }

    Calibration calibration(double level) {
      Calibration found = none(below.length);
      for (int h = 0; h < below.length; h++) {
        found.below[h] = below[h].quantile((1 + level) / 2);
        found.above[h] = above[h].quantile((1 + level) / 2);
      }
      return found;
    }
  }
}
