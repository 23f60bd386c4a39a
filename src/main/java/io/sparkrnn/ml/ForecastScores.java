package io.sparkrnn.ml;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.metric.BacktestMetrics;
import io.sparkrnn.metric.Metrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scores of a forecaster on one part of its series, beside those of what it is compared with. */
public final class ForecastScores {

  private final Backtest.Scored scored;

  ForecastScores(Backtest.Scored scored) {
    this.scored = scored;
  }

  /** Scores of the model. */
  public Metrics model() {
    BacktestMetrics found = scored.scores().get(ForecastContent.MODEL);
    return found == null ? new BacktestMetrics(1, 0) : found;
  }

  /** Scores of the seasonal naive forecast and of the last value repeated, by name. */
  public Map<String, Metrics> baselines() {
    Map<String, Metrics> baselines = new LinkedHashMap<>(scored.scores());
    baselines.remove(ForecastContent.MODEL);
    return baselines;
  }

  /** Scores of the model as {@code metrics.json} holds them, with some series to be drawn. */
  public ObjectNode toJson() {
    ObjectNode json = model().toJson(List.of("target"));
    ArrayNode series = json.putArray("series");
    scored.samples().forEach(sample -> series.add(sample.toJson()));
    return json;
  }

  /** Scores of the baselines, without the details behind them. */
  public ObjectNode baselinesJson() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    baselines()
        .forEach(
            (name, metrics) -> {
              ObjectNode baseline = json.putObject(name);
              metrics.values().forEach(baseline::put);
              baseline.put("count", metrics.count());
            });
    return json;
  }
}
