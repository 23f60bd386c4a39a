package io.sparkrnn.ml;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Rows;
import io.sparkrnn.ml.ForecastEncoding.Span;
import io.sparkrnn.objective.ForecastDescription;
import io.sparkrnn.objective.Objective;
import io.sparkrnn.objective.SampledPathsDescription;
import io.sparkrnn.sequence.Batcher;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.SequenceSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Forecasts of a trained network: from zero state it reads the context up to the origin. A direct
 * one then has all steps ahead as its outputs; a recursive one runs on, reading what it gave at the
 * step before, or, where it gives distributions, what was drawn from them.
 */
final class NetworkForecaster implements Forecaster {

  private static final int BATCH = 256;

  /** Paths depend on their series and origin; no setting need change them. */
  private static final long PATH_SEED = 1;

  private final ForecastEncoding encoding;
  private final ForecastSettings settings;
  private final Objective<SequenceBatch> objective;
  private final Pass pass;

  NetworkForecaster(ForecastEncoding encoding, LearntNetwork learnt, String backend) {
    this.encoding = encoding;
    this.settings = encoding.settings();
    ForecastDescription description = LearntNetwork.objective(encoding, learnt.network());
    objective =
        settings.sampled()
            ? new SampledPathsDescription(description, settings.paths(), PATH_SEED).build()
            : description.build();
    pass = InferencePass.of(objective, learnt.parameters(), backend);
  }

  @Override
  public List<Forecast> forecast(List<Origin> origins) {
    List<Sequence> sequences = new ArrayList<>();
    origins.forEach(origin -> sequences.add(sequence(origin)));
    SequenceSet set = new SequenceSet(encoding.schema(), sequences);
    Forecast[] forecasts = new Forecast[origins.size()];
    for (int[] items : Batcher.sorted(set.lengths(), BATCH)) {
      objective.predict(
          set.gather(items),
          pass,
          (position, outputs) ->
              forecasts[items[position]] = forecast(origins.get(items[position]), outputs));
    }
    return List.of(forecasts);
  }

  private Sequence sequence(Origin origin) {
    int shown = origin.step() + 1;
    int from = Math.max(0, shown - settings.context());
    int to = settings.recursive() ? origin.step() + settings.horizon() : shown;
    return encoding.sequence(origin.series(), new Span(from, to, shown, to, to));
  }

  private Forecast forecast(Origin origin, Rows outputs) {
    if (settings.sampled()) {
      return ofPaths(origin, outputs);
    }
    return switch (settings.distribution()) {
      case ForecastSettings.GAUSSIAN -> ofGaussian(origin, outputs);
      case ForecastSettings.QUANTILES ->
          new Forecast(
              levels(origin, outputs, 1),
              levels(origin, outputs, 0),
              levels(origin, outputs, 2),
              Forecast.ones(settings.horizon()));
      default -> Forecast.ofPoints(levels(origin, outputs, 0));
    };
  }

  private Forecast ofGaussian(Origin origin, Rows outputs) {
    double[] mean = levels(origin, outputs, 0);
    double[] deviation = new double[mean.length];
    for (int h = 0; h < mean.length; h++) {
      deviation[h] = output(outputs, 1, h) * encoding.unit(origin.series().scale());
    }
    return Forecast.ofDeviations(mean, deviation, settings.backtest().level());
  }

  /** What one parameter of every step ahead says, in z. */
  private double[] levels(Origin origin, Rows outputs, int parameter) {
    SeriesScale scale = origin.series().scale();
    double base = origin.series().at(origin.step());
    double[] levels = new double[settings.horizon()];
    for (int h = 0; h < levels.length; h++) {
      levels[h] = encoding.level(output(outputs, parameter, h), base, scale);
      base = settings.recursive() ? levels[h] : base;
    }
    return levels;
  }

  private float output(Rows outputs, int parameter, int h) {
    int horizon = settings.horizon();
    return settings.recursive()
        ? outputs.get(outputs.count() - horizon + h, parameter)
        : outputs.get(outputs.count() - 1, parameter * horizon + h);
  }

  private Forecast ofPaths(Origin origin, Rows outputs) {
    int horizon = settings.horizon();
    int paths = outputs.width();
    double[][] drawn = new double[horizon][paths];
    for (int path = 0; path < paths; path++) {
      double[] levels = levels(origin, outputs, path);
      for (int h = 0; h < horizon; h++) {
        drawn[h][path] = levels[h];
      }
    }
    double[] point = new double[horizon];
    double[] lower = new double[horizon];
    double[] upper = new double[horizon];
    double[] unit = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      Arrays.sort(drawn[h]);
      point[h] = Arrays.stream(drawn[h]).average().orElseThrow();
      lower[h] = quantile(drawn[h], (1 - settings.backtest().level()) / 2);
      upper[h] = quantile(drawn[h], (1 + settings.backtest().level()) / 2);
      unit[h] = Math.max(1e-6, (upper[h] - lower[h]) / 2);
    }
    return new Forecast(point, lower, upper, unit);
  }

  /** Between the two nearest of sorted values. */
  private static double quantile(double[] sorted, double level) {
    double at = level * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
