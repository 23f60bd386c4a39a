package io.sparkrnn.ml;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.ml.Forecaster.Forecast;
import io.sparkrnn.ml.Forecaster.Origin;
import io.sparkrnn.reader.TimeSeries;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a picture of one series needs: its last test steps with forecasts that follow one another
 * without overlap, some steps before them, and the residuals one step ahead of all origins.
 */
final class ForecastSample implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int STEPS = 240;
  private static final int RESIDUALS = 2000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String id;
  private final int horizon;
  private final boolean calendar;
  private int next;
  private final ArrayList<double[]> steps = new ArrayList<>();
  private final ArrayList<double[]> history = new ArrayList<>();
  private final ArrayList<Double> residuals = new ArrayList<>();

  ForecastSample(ScaledSeries series, int horizon, int end) {
    this.id = series.series().id();
    this.horizon = horizon;
    this.calendar = series.series().grid().calendar();
    this.next = Math.max(0, end - Math.max(1, STEPS / horizon) * horizon);
  }

  String id() {
    return id;
  }

  boolean isEmpty() {
    return residuals.isEmpty();
  }

  /** Adds the forecast from an origin; origins rise. */
  void add(Origin origin, Forecast forecast, boolean intervals) {
    SeriesScale scale = origin.series().scale();
    double[] actual = origin.series().series().target();
    int first = origin.step() + 1;
    if (residuals.size() < RESIDUALS) {
      residuals.add(actual[first] - scale.restore(forecast.point()[0]));
    }
    if (first < next) {
      return;
    }
    if (steps.isEmpty()) {
      addHistory(origin.series().series(), first);
    }
    next = first + horizon;
    for (int h = 0; h < horizon; h++) {
      steps.add(
          new double[] {
            origin.series().series().grid().timeAt((long) first + h),
            actual[first + h],
            scale.restore(forecast.point()[h]),
            intervals ? scale.restore(forecast.lower()[h]) : Double.NaN,
            intervals ? scale.restore(forecast.upper()[h]) : Double.NaN
          });
    }
  }

  /** What was known right before the first forecast that is shown. */
  private void addHistory(TimeSeries series, int end) {
    int shown = Math.max(horizon, STEPS / 4);
    for (int t = Math.max(0, end - shown); t < end; t++) {
      history.add(new double[] {series.grid().timeAt(t), series.target()[t]});
    }
  }

  ObjectNode toJson() {
    ObjectNode node = JSON.createObjectNode().put("id", id).put("calendar", calendar);
    ObjectNode before = node.putObject("history");
    put(before.putArray("time"), history, 0);
    put(before.putArray("actual"), history, 1);
    List<String> names = List.of("time", "actual", "forecast", "lower", "upper");
    for (int c = 0; c < names.size(); c++) {
      put(node.putArray(names.get(c)), steps, c);
    }
    residuals.forEach(node.putArray("residuals")::add);
    return node;
  }

  private static void put(ArrayNode array, List<double[]> rows, int column) {
    for (double[] row : rows) {
      if (Double.isFinite(row[column])) {
        array.add(row[column]);
      } else {
        array.addNull();
      }
    }
  }
}
