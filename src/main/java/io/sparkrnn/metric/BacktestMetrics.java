package io.sparkrnn.metric;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores of forecasts of 1 to H steps ahead, over all origins of all series, as sums.
 *
 * <pre>
 * mse = mean (y − ŷ)²     mae = mean |y − ŷ|     rmse = √mse
 * smape = mean 200 |y − ŷ| / (|y| + |ŷ|) in percent, 0 where both are 0
 * mase = mean |y − ŷ| / mean |y_t − y_{t−m}| of the training part (Hyndman and Koehler 2006)
 * coverage90 = share of y in [lower, upper], whatever its level      width = mean upper − lower
 * pinball = mean over q in {(1−L)/2, 1/2, (1+L)/2} of max(q (y − ŷ_q), (q − 1)(y − ŷ_q))
 * </pre>
 *
 * The last three are there only if every forecast had an interval; mase only over series whose
 * training part varies. {@code perStep} holds rmse, mae and coverage of every step ahead.
 */
public final class BacktestMetrics implements Metrics {
  private static final long serialVersionUID = 1L;

  private static final List<String> NAMES =
      List.of("rmse", "mae", "mse", "smape", "mase", "coverage90", "pinball", "width", "count");

  private static final int SQUARED = 0;
  private static final int ABSOLUTE = 1;
  private static final int PERCENT = 2;
  private static final int SCALED = 3;
  private static final int PINBALL = 4;
  private static final int WIDTH = 5;
  private static final int SUMS = 6;

  private final double level;
  private final double[][] sums;
  private final long[] counts;
  private final long[] scaledCounts;
  private final long[] intervals;
  private final long[] covered;
  private final ResidualHistogram residuals;

  /**
   * No forecast yet.
   *
   * @param horizon H, at least 1
   * @param level L of the intervals
   */
  public BacktestMetrics(int horizon, double level) {
    this(horizon, level, new ResidualHistogram());
  }

  private BacktestMetrics(int horizon, double level, ResidualHistogram residuals) {
    this.level = level;
    this.residuals = residuals;
    sums = new double[horizon][SUMS];
    counts = new long[horizon];
    scaledCounts = new long[horizon];
    intervals = new long[horizon];
    covered = new long[horizon];
  }

  /**
   * Adds one forecast.
   *
   * @param h steps ahead, from 0
   * @param naiveError mean absolute error of the seasonal naive forecast within the training part,
   *     0 if it is not known
   */
  public void add(int h, double actual, double forecast, double naiveError) {
    double error = Math.abs(actual - forecast);
    double size = Math.abs(actual) + Math.abs(forecast);
    counts[h]++;
    residuals.add(actual - forecast);
    sums[h][SQUARED] += error * error;
    sums[h][ABSOLUTE] += error;
    sums[h][PERCENT] += size == 0 ? 0 : 200 * error / size;
    if (naiveError > 0) {
      scaledCounts[h]++;
      sums[h][SCALED] += error / naiveError;
    }
  }

  /** Adds the interval of a forecast that was added. */
  public void addInterval(int h, double actual, double forecast, double lower, double upper) {
    intervals[h]++;
    covered[h] += lower <= actual && actual <= upper ? 1 : 0;
    sums[h][WIDTH] += upper - lower;
    sums[h][PINBALL] +=
        (pinball((1 - level) / 2, actual - lower)
                + pinball(0.5, actual - forecast)
                + pinball((1 + level) / 2, actual - upper))
            / 3;
  }

  private static double pinball(double quantile, double difference) {
    return Math.max(quantile * difference, (quantile - 1) * difference);
  }

  @Override
  public BacktestMetrics plus(Metrics other) {
    if (!(other instanceof BacktestMetrics that) || that.counts.length != counts.length) {
      throw new IllegalArgumentException(
          "Expected scores of " + counts.length + " steps ahead to merge with, found " + other);
    }
    BacktestMetrics both =
        new BacktestMetrics(counts.length, level, residuals.plus(that.residuals));
    for (int h = 0; h < counts.length; h++) {
      for (int s = 0; s < SUMS; s++) {
        both.sums[h][s] = sums[h][s] + that.sums[h][s];
      }
      both.counts[h] = counts[h] + that.counts[h];
      both.scaledCounts[h] = scaledCounts[h] + that.scaledCounts[h];
      both.intervals[h] = intervals[h] + that.intervals[h];
      both.covered[h] = covered[h] + that.covered[h];
    }
    return both;
  }

  @Override
  public long count() {
    return Arrays.stream(counts).sum();
  }

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public boolean higherIsBetter(String name) {
    requireName(name);
    return name.equals("count");
  }

  @Override
  public Map<String, Double> values() {
    if (count() == 0) {
      throw new IllegalStateException(
          "Scores of no forecast were asked for; evaluate at least one origin");
    }
    Map<String, Double> values = new LinkedHashMap<>();
    double n = count();
    values.put("rmse", Math.sqrt(sum(SQUARED) / n));
    values.put("mae", sum(ABSOLUTE) / n);
    values.put("mse", sum(SQUARED) / n);
    values.put("smape", sum(PERCENT) / n);
    long scaled = Arrays.stream(scaledCounts).sum();
    if (scaled > 0) {
      values.put("mase", sum(SCALED) / scaled);
    }
    if (Arrays.stream(intervals).sum() == count()) {
      values.put("coverage90", Arrays.stream(covered).sum() / n);
      values.put("pinball", sum(PINBALL) / n);
      values.put("width", sum(WIDTH) / n);
    }
    values.put("count", n);
    return Collections.unmodifiableMap(values);
  }

  private double sum(int which) {
    double sum = 0;
    for (double[] step : sums) {
      sum += step[which];
    }
    return sum;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Beside the scores: {@code interval}: its level; {@code perStep}: step, rmse, mae, coverage;
   * and {@code residuals}: y − ŷ counted in bins.
   */
  @Override
  public ObjectNode toJson(List<String> labels) {
    ObjectNode json = MetricsJson.scores(this);
    json.putObject("interval").put("level", level);
    ArrayNode perStep = json.putArray("perStep");
    for (int h = 0; h < counts.length; h++) {
      if (counts[h] > 0) {
        ObjectNode step = perStep.addObject().put("step", h + 1);
        MetricsJson.putFinite(step, "rmse", Math.sqrt(sums[h][SQUARED] / counts[h]));
        MetricsJson.putFinite(step, "mae", sums[h][ABSOLUTE] / counts[h]);
        if (intervals[h] == counts[h]) {
          MetricsJson.putFinite(step, "coverage", (double) covered[h] / counts[h]);
        }
      }
    }
    json.set("residuals", residuals.toJson());
    return json;
  }

  @Override
  public String toString() {
    return "BacktestMetrics(horizon=" + counts.length + ", count=" + count() + ")";
  }
}
