package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.metric.BacktestMetrics;
import io.sparkrnn.ml.Forecaster.Forecast;
import io.sparkrnn.ml.Forecaster.Origin;
import io.sparkrnn.reader.TimeSeries;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * Forecasts from rolling origins over a part of every series, by the model and by what it is
 * compared with, on executors. Partitions are merged in their order.
 *
 * @param content what forecasts
 * @param backend resolved name of the arithmetic
 */
record Backtest(Broadcast<ForecastContent> content, String backend) implements Serializable {

  private static final int ORIGINS_AT_A_TIME = 512;
  private static final int SAMPLES = 4;
  private static final Comparator<ForecastSample> FIRST = Comparator.comparing(ForecastSample::id);

  /**
   * What a partition gives.
   *
   * @param scores of the model and of each baseline
   * @param samples of its first series, by their names
   */
  record Scored(LinkedHashMap<String, BacktestMetrics> scores, ArrayList<ForecastSample> samples)
      implements Serializable {}

  /** Misses of the validation part, for calibration. */
  Map<String, Calibration.Misses> misses(JavaRDD<TimeSeries> series) {
    int horizon = content.value().settings().horizon();
    List<LinkedHashMap<String, Calibration.Misses>> partitions =
        series.mapPartitions(rows -> List.of(misses(rows)).iterator()).collect();
    Map<String, Calibration.Misses> all = new LinkedHashMap<>();
    for (LinkedHashMap<String, Calibration.Misses> partition : partitions) {
      partition.forEach((name, misses) -> all.merge(name, misses, Calibration.Misses::plus));
    }
    if (all.isEmpty() || all.get(ForecastContent.MODEL).count() == 0) {
      throw new DataException(
          "there is no series whose validation part (%s to %s) holds a horizon of %d steps, so intervals cannot be calibrated; lengthen the part, shorten forecast.horizon, or set forecast.intervals = none"
              .formatted(
                  SeriesSettings.VALIDATION_FROM.key(), SeriesSettings.TEST_FROM.key(), horizon));
    }
    return all;
  }

  private LinkedHashMap<String, Calibration.Misses> misses(Iterator<TimeSeries> rows) {
    ForecastSettings settings = content.value().settings();
    LinkedHashMap<String, Calibration.Misses> misses = new LinkedHashMap<>();
    Map<String, Forecaster> forecasters = content.value().forecasters(backend);
    forecasters
        .keySet()
        .forEach(name -> misses.put(name, new Calibration.Misses(settings.horizon())));
    while (rows.hasNext()) {
      ScaledSeries series = scaled(rows.next());
      for (List<Origin> origins : chunks(series, origins(false).of(series.series(), 0))) {
        forecasters.forEach(
            (name, forecaster) ->
                each(
                    origins,
                    forecaster.forecast(origins),
                    (origin, forecast) -> add(misses.get(name), origin, forecast)));
      }
    }
    return misses;
  }

  private static void add(Calibration.Misses misses, Origin origin, Forecast forecast) {
    for (int h = 0; h < forecast.point().length; h++) {
      misses.add(forecast, h, origin.series().at(origin.step() + 1 + h));
    }
  }

  /** Scores of the validation or the test part, and a few series of it. */
  Scored score(JavaRDD<TimeSeries> series, boolean test) {
    List<Scored> partitions =
        series.mapPartitions(rows -> List.of(score(rows, test)).iterator()).collect();
    LinkedHashMap<String, BacktestMetrics> scores = new LinkedHashMap<>();
    ArrayList<ForecastSample> samples = new ArrayList<>();
    for (Scored partition : partitions) {
      partition.scores.forEach((name, found) -> scores.merge(name, found, BacktestMetrics::plus));
      samples.addAll(partition.samples);
    }
    samples.sort(FIRST);
    return new Scored(
        scores, new ArrayList<>(samples.subList(0, Math.min(SAMPLES, samples.size()))));
  }

  private Scored score(Iterator<TimeSeries> rows, boolean test) {
    ForecastSettings settings = content.value().settings();
    Map<String, Forecaster> forecasters = content.value().forecasters(backend);
    LinkedHashMap<String, BacktestMetrics> scores = new LinkedHashMap<>();
    forecasters
        .keySet()
        .forEach(
            name ->
                scores.put(
                    name, new BacktestMetrics(settings.horizon(), settings.backtest().level())));
    ArrayList<ForecastSample> samples = new ArrayList<>();
    while (rows.hasNext()) {
      ScaledSeries series = scaled(rows.next());
      int end = origins(test).end(series.series());
      ForecastSample sample = new ForecastSample(series, settings.horizon(), end);
      double naive = naiveError(series);
      int first = origins(test).first(series.series());
      Map<String, Intervals> intervals = new LinkedHashMap<>();
      forecasters.keySet().forEach(name -> intervals.put(name, content.value().intervals(name)));
      for (List<Origin> origins :
          chunks(
              series,
              origins(test)
                  .of(series.series(), content.value().leadSteps(series.series(), first)))) {
        forecasters.forEach(
            (name, forecaster) ->
                each(
                    origins,
                    forecaster.forecast(origins),
                    (origin, raw) -> {
                      Forecast forecast = intervals.get(name).apply(origin, raw);
                      if (origin.step() >= first) {
                        score(name, scores.get(name), origin, forecast, naive);
                        if (name.equals(ForecastContent.MODEL)) {
                          sample.add(origin, forecast, hasIntervals(name));
                        }
                      }
                    }));
      }
      if (!sample.isEmpty()) {
        samples.add(sample);
        samples.sort(FIRST);
        samples.subList(Math.min(SAMPLES, samples.size()), samples.size()).clear();
      }
    }
    return new Scored(scores, samples);
  }

  private void score(
      String name, BacktestMetrics scores, Origin origin, Forecast forecast, double naiveError) {
    SeriesScale scale = origin.series().scale();
    boolean scaled = content.value().settings().backtest().scaled();
    for (int h = 0; h < forecast.point().length; h++) {
      double z = origin.series().at(origin.step() + 1 + h);
      double actual = scaled ? z : scale.restore(z);
      double point = restore(forecast.point()[h], scale, scaled);
      scores.add(h, actual, point, scaled ? naiveError : naiveError * scale.deviation());
      if (hasIntervals(name)) {
        scores.addInterval(
            h,
            actual,
            point,
            restore(forecast.lower()[h], scale, scaled),
            restore(forecast.upper()[h], scale, scaled));
      }
    }
  }

  private static double restore(double z, SeriesScale scale, boolean scaled) {
    return scaled ? z : scale.restore(z);
  }

  private boolean hasIntervals(String name) {
    return content.value().hasIntervals(name);
  }

  /** Mean |z_t − z_{t−m}| of the training part, else of the series; 0 if it is too short. */
  private double naiveError(ScaledSeries series) {
    int season = content.value().settings().backtest().season();
    int trained = content.value().parts().trainingEnd(series.series());
    int end = trained == 0 ? series.series().length() : trained;
    double sum = 0;
    for (int t = season; t < end; t++) {
      sum += Math.abs(series.at(t) - series.at(t - season));
    }
    return end > season ? sum / (end - season) : 0;
  }

  private ScaledSeries scaled(TimeSeries series) {
    return content.value().encoding().scaled(series, content.value().parts().trainingEnd(series));
  }

  private RollingOrigins origins(boolean test) {
    ForecastSettings settings = content.value().settings();
    return new RollingOrigins(
        content.value().parts(),
        test,
        settings.horizon(),
        settings.backtest().stride(),
        settings.context());
  }

  private static List<List<Origin>> chunks(ScaledSeries series, int[] steps) {
    List<List<Origin>> chunks = new ArrayList<>();
    for (int from = 0; from < steps.length; from += ORIGINS_AT_A_TIME) {
      int to = Math.min(steps.length, from + ORIGINS_AT_A_TIME);
      chunks.add(IntStream.range(from, to).mapToObj(i -> new Origin(series, steps[i])).toList());
    }
    return chunks;
  }

  private static void each(
      List<Origin> origins, List<Forecast> forecasts, BiConsumer<Origin, Forecast> consumer) {
    for (int i = 0; i < origins.size(); i++) {
      consumer.accept(origins.get(i), forecasts.get(i));
    }
  }
}
