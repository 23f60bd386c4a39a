package io.sparkrnn.reader;

import io.sparkrnn.error.DataException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a {@link TimeSeries} of the sorted rows of one series: joins rows of the same time, lays
 * them on a grid, and fills what is missing, as the policies say. Filling looks at earlier steps
 * alone, so that no value travels back over the boundary between two parts.
 *
 * @param columns what the values of a row are
 * @param step how the grid is found
 * @param gaps {@link #ERROR}, {@link #PREVIOUS} or {@link #ZERO}
 * @param duplicates {@link #ERROR} or {@link #MEAN}
 */
public record SeriesAssembly(SeriesColumns columns, TimeStep step, String gaps, String duplicates)
    implements Serializable {

  /** Steps without a row between two rows, on average, beyond which the step must be wrong. */
  private static final int MOST_GAPS_A_ROW = 1000;

  /** Refuse. */
  public static final String ERROR = "error";

  /** Repeat the last value. */
  public static final String PREVIOUS = "previous";

  /** Take 0. */
  public static final String ZERO = "zero";

  /** Take the mean of each column. */
  public static final String MEAN = "mean";

  /**
   * Assembles a series.
   *
   * @param rows time and then {@link SeriesColumns#numbers} of each row, NaN for none, by time
   */
  TimeSeries of(String id, List<double[]> rows) {
    double[][] joined = joined(id, rows);
    double[] times = Arrays.stream(joined).mapToDouble(row -> row[0]).toArray();
    TimeGrid grid = step.through(times, id);
    int[] places = places(id, grid, times);
    int known = joined.length;
    while (known > 0 && Double.isNaN(joined[known - 1][1])) {
      known--;
    }
    if (known == 0) {
      throw new DataException(
          "series %s: expected a value of column %s, found none".formatted(id, columns.target()));
    }
    requireRows(id, grid, joined.length, places[joined.length - 1]);
    int length = places[known - 1] + 1;
    int ahead = columns.future().isEmpty() ? length : places[joined.length - 1] + 1;
    int pasts = columns.past().size();
    int futures = columns.future().size();
    double[][] past = new double[pasts][];
    double[][] future = new double[futures][];
    for (int c = 0; c < pasts; c++) {
      past[c] = column(id, grid, joined, places, 2 + c, length);
    }
    for (int c = 0; c < futures; c++) {
      future[c] = column(id, grid, joined, places, 2 + pasts + c, ahead);
    }
    return new TimeSeries(
        id,
        grid,
        column(id, grid, joined, places, 1, length),
        past,
        future,
        statics(id, joined, 2 + pasts + futures));
  }

  private double[][] joined(String id, List<double[]> rows) {
    double[][] joined = new double[rows.size()][];
    int count = 0;
    for (int from = 0; from < rows.size(); count++) {
      int to = from + 1;
      while (to < rows.size() && rows.get(to)[0] == rows.get(from)[0]) {
        to++;
      }
      if (to - from > 1 && duplicates.equals(ERROR)) {
        throw new DataException(
            "series %s: expected one row at each time, found %d at %s; remove all but one, name the column that tells the series apart (columns.id), or set series.duplicates = mean"
                .formatted(id, to - from, shown(rows.get(from)[0])));
      }
      joined[count] = mean(rows.subList(from, to));
      from = to;
    }
    return Arrays.copyOf(joined, count);
  }

  /**
   * Means of the values that are there; the rows are sorted, so the sums do not depend on order.
   */
  private static double[] mean(List<double[]> rows) {
    if (rows.size() == 1) {
      return rows.get(0);
    }
    double[] mean = rows.get(0).clone();
    for (int c = 1; c < mean.length; c++) {
      double sum = 0;
      int count = 0;
      for (double[] row : rows) {
        if (!Double.isNaN(row[c])) {
          sum += row[c];
          count++;
        }
      }
      mean[c] = count == 0 ? Double.NaN : sum / count;
    }
    return mean;
  }

  private int[] places(String id, TimeGrid grid, double[] times) {
    int[] places = new int[times.length];
    for (int i = 0; i < times.length; i++) {
      double place = grid.stepAt(times[i]);
      if (Double.isNaN(place) || (i > 0 && place <= places[i - 1])) {
        throw new DataException(
            "series %s: expected times %s %s apart, found %s after %s; mend the times, or set series.step"
                .formatted(
                    id,
                    shown(grid.step()),
                    unit(grid),
                    shown(times[i]),
                    i == 0 ? "none" : shown(times[i - 1])));
      }
      if (place >= Integer.MAX_VALUE) {
        throw tooLong(id, grid, times.length, place);
      }
      places[i] = (int) place;
    }
    return places;
  }

  /** A step that is far too small fills the memory with gaps. */
  private void requireRows(String id, TimeGrid grid, int rows, int last) {
    if (last > MOST_GAPS_A_ROW * (rows + 1L)) {
      throw tooLong(id, grid, rows, last);
    }
  }

  private DataException tooLong(String id, TimeGrid grid, int rows, double last) {
    return new DataException(
        "series %s: expected at most %d steps a row, found %d rows over %.0f steps of %s %s; mend the times, or set series.step"
            .formatted(id, MOST_GAPS_A_ROW, rows, last + 1, shown(grid.step()), unit(grid)));
  }

  private String unit(TimeGrid grid) {
    return grid.months() ? "months" : step.calendar() ? "seconds" : "units";
  }

  private double[] column(
      String id, TimeGrid grid, double[][] rows, int[] places, int position, int length) {
    double[] values = new double[length];
    Arrays.fill(values, Double.NaN);
    for (int i = 0; i < rows.length && places[i] < length; i++) {
      values[places[i]] = rows[i][position];
    }
    for (int k = 0; k < length; k++) {
      if (Double.isNaN(values[k])) {
        values[k] = filled(id, grid, position, values, k);
      }
    }
    return values;
  }

  private double filled(String id, TimeGrid grid, int position, double[] values, int k) {
    if (gaps.equals(ZERO)) {
      return 0;
    }
    if (gaps.equals(PREVIOUS) && k > 0) {
      return values[k - 1];
    }
    throw new DataException(
        "series %s, time %s: expected a value of column %s, found none; %s"
            .formatted(
                id,
                shown(grid.timeAt(k)),
                columns.numbers().get(position - 1),
                gaps.equals(PREVIOUS)
                    ? "there is none before it to repeat: remove the rows before the first value"
                    : "fill the gap, or set series.gaps = previous or zero"));
  }

  private double[] statics(String id, double[][] rows, int from) {
    double[] statics = Arrays.copyOfRange(rows[0], from, rows[0].length);
    for (double[] row : rows) {
      for (int c = 0; c < statics.length; c++) {
        if (row[from + c] != statics[c]) {
          throw new DataException(
              "series %s: expected one value of column %s in all rows, found %s and %s"
                  .formatted(
                      id, columns.statics().get(c), shown(statics[c]), shown(row[from + c])));
        }
      }
    }
    return statics;
  }

  private String shown(double number) {
    boolean time = step.calendar() && number > 1e6;
    if (time) {
      return TimeGrid.utc(number).toString();
    }
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
