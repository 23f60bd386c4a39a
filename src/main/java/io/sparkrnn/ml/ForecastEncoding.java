package io.sparkrnn.ml;

import io.sparkrnn.network.InputColumn;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.reader.TimeSeries;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.sequence.Sequence;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Series in the numbers of a network. Row t of a sequence holds what is known at step t and the
 * targets ahead of it:
 *
 * <pre>
 * previous  z_t, or (z_t − z_{t−1}) / change
 * values    past columns at t, future columns at t+1 … t+H, static columns
 * target    z_{t+h}, or (z_{t+h} − z_t) / change, for h = 1 … H
 * </pre>
 *
 * @param settings of the forecasts
 * @param scaling of targets: see {@link SeriesSettings}
 * @param common scale of all series, where scaling is global
 * @param columns scaling of past, future and static columns, in this order
 * @param counts past, future and static columns
 */
record ForecastEncoding(
    ForecastSettings settings,
    String scaling,
    SeriesScale common,
    Normalizer columns,
    ColumnCounts counts)
    implements Serializable {

  /** Column of the target's own values. */
  static final String PREVIOUS = "previous";

  /** Column of all other inputs. */
  static final String VALUES = "values";

  private static final SeriesScale PLAIN = new SeriesScale(0, 1, 1);

  /**
   * Numbers of columns.
   *
   * @param past known up to the present
   * @param future known in advance
   * @param statics that never change
   */
  record ColumnCounts(int past, int future, int statics) implements Serializable {
    int all() {
      return past + future + statics;
    }
  }

  /** A series in units of its training part, which ends at {@code trainingEnd}. */
  ScaledSeries scaled(TimeSeries series, int trainingEnd) {
    SeriesScale scale =
        switch (scaling) {
          case SeriesSettings.BY_SERIES -> SeriesScale.of(series, Math.max(1, trainingEnd));
          case SeriesSettings.GLOBAL -> common;
          default -> PLAIN;
        };
    return new ScaledSeries(series, scale);
  }

  /** Values a step beside the target's own. */
  int width() {
    return counts.past() + counts.future() * settings.outputs() + counts.statics();
  }

  /** Input columns of a network. */
  List<InputColumn> inputs() {
    List<InputColumn> inputs = new ArrayList<>(List.of(InputColumn.values(PREVIOUS, 1)));
    if (width() > 0) {
      inputs.add(InputColumn.values(VALUES, width()));
    }
    return inputs;
  }

  /** Columns of a batch. */
  List<Column> schema() {
    List<Column> schema = new ArrayList<>(List.of(Column.values(PREVIOUS, 1)));
    if (width() > 0) {
      schema.add(Column.values(VALUES, width()));
    }
    schema.add(Column.values(ObjectiveDescription.TARGET, settings.outputs()));
    return schema;
  }

  /**
   * Rows {@code from} to {@code to} of a series as a sequence.
   *
   * @param to end of the rows, excluded; rows behind the series have no previous value (NaN)
   * @param scoredFrom first row whose targets count
   * @param targetsUntil end of the steps that are known, excluded: none behind it is a target
   */
  Sequence sequence(ScaledSeries series, int from, int to, int scoredFrom, int targetsUntil) {
    int outputs = settings.outputs();
    float[] previous = new float[to - from];
    float[] values = new float[(to - from) * width()];
    float[] targets = new float[(to - from) * outputs];
    Arrays.fill(targets, Float.NaN);
    for (int t = from; t < to; t++) {
      int row = t - from;
      previous[row] = t < series.series().length() ? own(series, t) : Float.NaN;
      others(series.series(), t, values, row * width());
      for (int h = 1; t >= scoredFrom && h <= outputs && t + h < targetsUntil; h++) {
        targets[row * outputs + h - 1] = (float) target(series, t, h);
      }
    }
    float[][] all =
        width() > 0 ? new float[][] {previous, values, targets} : new float[][] {previous, targets};
    return new Sequence(to - from, 1f, all, new int[all.length][0]);
  }

  private float own(ScaledSeries series, int t) {
    return (float) (settings.changes() ? series.change(t) / series.scale().change() : series.at(t));
  }

  private double target(ScaledSeries series, int t, int h) {
    return settings.changes()
        ? (series.at(t + h) - series.at(t)) / series.scale().change()
        : series.at(t + h);
  }

  /** z_{t+h} that an output stands for, where {@code base} is z_t. */
  double level(double output, double base, SeriesScale scale) {
    return settings.changes() ? base + output * scale.change() : output;
  }

  private void others(TimeSeries series, int t, float[] values, int start) {
    int at = start;
    int column = 0;
    for (double[] past : series.past()) {
      values[at++] = t < past.length ? columns.scale(column, past[t]) : 0f;
      column++;
    }
    for (double[] future : series.future()) {
      for (int h = 1; h <= settings.outputs(); h++) {
        values[at++] = t + h < future.length ? columns.scale(column, future[t + h]) : 0f;
      }
      column++;
    }
    for (double fixed : series.statics()) {
      values[at++] = columns.scale(column++, fixed);
    }
  }
}
