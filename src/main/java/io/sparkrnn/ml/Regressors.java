package io.sparkrnn.ml;

import io.sparkrnn.layer.Taps;
import io.sparkrnn.reader.SeriesColumns;
import io.sparkrnn.reader.TimeSeries;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a linear model regresses the steps ahead of row t on:
 *
 * <pre>
 * intercept, lag1 … lagK                         the target (or its changes) at t, …, t−K+1
 * x.lagL for each past and future column x       L steps before the step that is forecast
 * x.aheadL for future columns, if H > 1 outputs  step t+L
 * s for each static column
 * </pre>
 *
 * @param encoding of the series
 */
record Regressors(ForecastEncoding encoding) implements Serializable {

  /** First row with all of them. */
  int firstRow() {
    int deepest = encoding.taps(ForecastEncoding.PREVIOUS).last();
    if (encoding.counts().past() > 0) {
      deepest = Math.max(deepest, encoding.taps("past").last());
    }
    if (encoding.counts().future() > 0) {
      deepest = Math.max(deepest, encoding.taps("future").last() - 1);
    }
    return deepest + (encoding.settings().changes() ? 1 : 0);
  }

  /** Names, in the order of {@link #of}. */
  List<String> names(SeriesColumns columns) {
    List<String> names = new ArrayList<>(List.of("intercept"));
    for (int lag = 1; lag <= encoding.settings().delays(); lag++) {
      names.add("lag" + lag);
    }
    for (String past : columns.past()) {
      Taps taps = encoding.taps("past");
      for (int k = taps.first(); k <= taps.last(); k++) {
        names.add(past + ".lag" + (k + 1));
      }
    }
    for (String future : columns.future()) {
      Taps taps = encoding.taps("future");
      for (int k = taps.first(); k <= taps.last(); k++) {
        names.add(future + ".lag" + k);
      }
      for (int ahead = 2; ahead <= encoding.settings().outputs(); ahead++) {
        names.add(future + ".ahead" + ahead);
      }
    }
    names.addAll(columns.statics());
    return names;
  }

  /**
   * The regressors of a row.
   *
   * @param own what stands for the target (or its changes) at t, t−1, …
   */
  double[] of(TimeSeries series, int t, double[] own) {
    List<Double> row = new ArrayList<>(List.of(1.0));
    for (int k = 0; k < encoding.settings().delays(); k++) {
      row.add(own[k]);
    }
    int column = 0;
    for (double[] past : series.past()) {
      Taps taps = encoding.taps("past");
      for (int k = taps.first(); k <= taps.last(); k++) {
        row.add(scaled(column, past, t - k));
      }
      column++;
    }
    for (double[] future : series.future()) {
      Taps taps = encoding.taps("future");
      for (int k = taps.first(); k <= taps.last(); k++) {
        row.add(scaled(column, future, t + 1 - k));
      }
      for (int ahead = 2; ahead <= encoding.settings().outputs(); ahead++) {
        row.add(scaled(column, future, t + ahead));
      }
      column++;
    }
    for (double fixed : series.statics()) {
      row.add(scaled(column++, new double[] {fixed}, 0));
    }
    return row.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The nearest value there is, in units of the training part. */
  private double scaled(int column, double[] values, int t) {
    double value = values[Math.max(0, Math.min(values.length - 1, t))];
    return (value - encoding.columns().mean(column)) / encoding.columns().deviation(column);
  }

  /** The target (or its changes) at t, t−1, … as long as there is any, then the first again. */
  double[] own(ScaledSeries series, int t) {
    double[] own = new double[encoding.settings().delays()];
    for (int k = 0; k < own.length; k++) {
      own[k] = encoding.own(series, Math.max(0, t - k));
    }
    return own;
  }
}
