package io.sparkrnn.ml;

import io.sparkrnn.layer.Taps;
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
 * past      past columns at t
 * future    future columns at t+1 … t+H
 * static    static columns
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

  /**
   * Rows of a series.
   *
   * @param from first row
   * @param to end, excluded; may lie behind the series
   * @param shownUntil end of the rows that show the target's own value; behind it stands NaN
   * @param scoredFrom first row whose targets count
   * @param targetsUntil end of the steps that are targets, excluded
   */
  record Span(int from, int to, int shownUntil, int scoredFrom, int targetsUntil) {
    int length() {
      return to - from;
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

  /** Input columns of a network. */
  List<InputColumn> inputs() {
    boolean narx = settings.model().equals(ForecastSettings.NARX);
    List<InputColumn> inputs = new ArrayList<>();
    for (Column column : inputColumns()) {
      InputColumn input = InputColumn.values(column.name(), column.width());
      boolean delayed =
          narx || (!settings.exogenousDelays().isEmpty() && !column.name().equals(PREVIOUS));
      InputColumn seen = delayed ? input.delayed(taps(column.name())) : input;
      boolean added = settings.residual() && column.name().equals(PREVIOUS);
      inputs.add(added ? seen.addedToOutputs(settings.outputs() * locations()) : seen);
    }
    return inputs;
  }

  private int locations() {
    return LearntNetwork.loss(settings).locations();
  }

  /** Delays, counted from the row, of a column of a delay model. */
  Taps taps(String column) {
    List<Integer> lags = settings.exogenousDelays();
    return switch (column) {
      case PREVIOUS -> new Taps(0, settings.delays() - 1);
      case "past" -> // lag 1 is the row itself
          lags.isEmpty() ? Taps.NOW : new Taps(Math.max(0, lags.get(0) - 1), lags.get(1) - 1);
      case "future" -> lags.isEmpty() ? Taps.NOW : new Taps(lags.get(0), lags.get(1));
      default -> Taps.NOW;
    };
  }

  /** Columns of a batch. */
  List<Column> schema() {
    List<Column> schema = inputColumns();
    schema.add(Column.values(ObjectiveDescription.TARGET, settings.outputs()));
    return schema;
  }

  private List<Column> inputColumns() {
    List<Column> inputs = new ArrayList<>(List.of(Column.values(PREVIOUS, 1)));
    if (counts.past() > 0) {
      inputs.add(Column.values("past", counts.past()));
    }
    if (counts.future() > 0) {
      inputs.add(Column.values("future", counts.future() * settings.outputs()));
    }
    if (counts.statics() > 0) {
      inputs.add(Column.values("static", counts.statics()));
    }
    return inputs;
  }

  /** Rows of a series as a sequence. */
  Sequence sequence(ScaledSeries series, Span span) {
    int outputs = settings.outputs();
    List<Column> inputs = inputColumns();
    float[][] columns = new float[inputs.size() + 1][];
    for (int c = 0; c < inputs.size(); c++) {
      columns[c] = new float[span.length() * inputs.get(c).width()];
      for (int t = span.from(); t < span.to(); t++) {
        float[] row = row(series, inputs.get(c).name(), t, t < span.shownUntil());
        System.arraycopy(row, 0, columns[c], (t - span.from()) * row.length, row.length);
      }
    }
    float[] targets = new float[span.length() * outputs];
    Arrays.fill(targets, Float.NaN);
    for (int t = Math.max(span.from(), span.scoredFrom()); t < span.to(); t++) {
      for (int h = 1; h <= outputs && t + h < span.targetsUntil(); h++) {
        targets[(t - span.from()) * outputs + h - 1] = (float) target(series, t, h);
      }
    }
    columns[inputs.size()] = targets;
    return new Sequence(span.length(), 1f, columns, new int[columns.length][0]);
  }

  private float[] row(ScaledSeries series, String column, int t, boolean shown) {
    TimeSeries read = series.series();
    return switch (column) {
      case PREVIOUS -> new float[] {shown ? (float) own(series, t) : Float.NaN};
      case "past" -> values(read.past(), 0, t, 1);
      case "future" -> values(read.future(), counts.past(), t + 1, settings.outputs());
      default -> statics(read.statics());
    };
  }

  /**
   * {@code steps} values from step {@code first} on of every column; 0, the mean, where none is.
   */
  private float[] values(double[][] read, int firstColumn, int first, int steps) {
    float[] row = new float[read.length * steps];
    for (int c = 0; c < read.length; c++) {
      for (int k = 0; k < steps; k++) {
        int t = first + k;
        row[c * steps + k] = t < read[c].length ? columns.scale(firstColumn + c, read[c][t]) : 0f;
      }
    }
    return row;
  }

  private float[] statics(double[] read) {
    float[] row = new float[read.length];
    for (int c = 0; c < row.length; c++) {
      row[c] = columns.scale(counts.past() + counts.future() + c, read[c]);
    }
    return row;
  }

  /** What a row shows of the target itself. */
  double own(ScaledSeries series, int t) {
    return settings.changes() ? series.change(t) / series.scale().change() : series.at(t);
  }

  /** What an output h steps ahead of row t stands for. */
  double target(ScaledSeries series, int t, int h) {
    return settings.changes()
        ? (series.at(t + h) - series.at(t)) / series.scale().change()
        : series.at(t + h);
  }

  /** z that an output stands for, where {@code base} is the z that changes count from. */
  double level(double output, double base, SeriesScale scale) {
    return settings.changes() ? base + output * scale.change() : output;
  }

  /** Size in z of one unit of an output. */
  double unit(SeriesScale scale) {
    return settings.changes() ? scale.change() : 1;
  }
}
