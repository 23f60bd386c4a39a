package io.sparkrnn.reader;

import static io.sparkrnn.reader.Columns.column;

import io.sparkrnn.error.ConfigurationException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/**
 * Cuts series into windows in which each step predicts the next: y_t = x_{t+1}.
 *
 * <p>A pair (x_t, x_{t+1}) belongs to the split in which the time of its <i>target</i> x_{t+1}
 * lies, from {@code from} (included) to {@code until} (excluded). So consecutive splits share no
 * target, no target of a later split is seen by an earlier one, and the first target of a split is
 * predicted from the last value before it, which is known by then. Windows of {@code length} pairs
 * begin every {@code stride} pairs; the last one may be shorter, so that every target is used; with
 * a stride equal to the length it is used once. Steps of context may stand before them, as far as
 * there are any: they show the network what went before, and their targets are NaN, which counts
 * nowhere.
 *
 * @param from where the targets begin
 * @param until where the targets end
 * @param length pairs of a window; empty: one window a series
 * @param stride pairs from the start of a window to that of the next; empty: the length
 * @param context steps before the first pair of a window whose targets do not count
 * @param targets positions of the value columns to predict; one gives {@code label} as {@code
 *     array<double>}, several as {@code array<array<double>>}
 */
public record NextStepWindows(
    TimeBoundary from,
    TimeBoundary until,
    OptionalInt length,
    OptionalInt stride,
    int context,
    List<Integer> targets) {

  /** Windows without context. */
  public NextStepWindows(
      TimeBoundary from,
      TimeBoundary until,
      OptionalInt length,
      OptionalInt stride,
      List<Integer> targets) {
    this(from, until, length, stride, 0, targets);
  }

  /** Refuses a stride that would leave targets out, and no target. */
  public NextStepWindows {
    targets = List.copyOf(targets);
    if (length.isPresent() && length.getAsInt() < 1) {
      throw new ConfigurationException("window: expected at least 1, found " + length.getAsInt());
    }
    if (stride.isPresent()
        && (stride.getAsInt() < 1 || length.isEmpty() || stride.getAsInt() > length.getAsInt())) {
      throw new ConfigurationException(
          "stride: expected from 1 to the length of a window, so that no target is left out, found "
              + stride.getAsInt()
              + (length.isPresent() ? " beside " + length.getAsInt() : " and no window"));
    }
    if (from.isShare() == until.isShare() && !(from.value() < until.value())) {
      throw new ConfigurationException(
          "from and until: expected from before until, found "
              + from.value()
              + " and "
              + until.value());
    }
    if (context < 0) {
      throw new ConfigurationException("context: expected at least 0, found " + context);
    }
    if (targets.isEmpty()) {
      throw new ConfigurationException("targets: expected at least one column, found none");
    }
  }

  /**
   * The windows of all series. A series with no target in the split gives none.
   *
   * @param series columns {@code id}, {@code times}, {@code features}, as {@link LongFormatReader}
   *     gives them
   * @return columns {@code id} (of the series, with the position of the window's first target that
   *     counts), {@code times} (of the targets), {@code features} (x_t), {@code label} (x_{t+1})
   */
  public Dataset<Row> of(Dataset<Row> series) {
    SparkSession spark = series.sparkSession();
    Cut cut =
        new Cut(
            from,
            until,
            length.orElse(Integer.MAX_VALUE),
            stride.orElse(length.orElse(Integer.MAX_VALUE)),
            context,
            targets.stream().mapToInt(Integer::intValue).toArray());
    return spark.createDataFrame(
        series
            .select(Columns.ID, Columns.TIMES, Columns.FEATURES)
            .javaRDD()
            .flatMap(cut::windows)
            .setName("windows"),
        Columns.schema(
            column(Columns.ID, DataTypes.StringType),
            column(Columns.TIMES, Columns.NUMBERS),
            column(Columns.FEATURES, Columns.STEPS),
            column(Columns.LABEL, targets.size() == 1 ? Columns.NUMBERS : Columns.STEPS)));
  }

  /** The same in plain numbers, as executors need it. */
  private static final class Cut implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TimeBoundary from;
    private final TimeBoundary until;
    private final int length;
    private final int stride;
    private final int context;
    private final int[] targets;

    Cut(TimeBoundary from, TimeBoundary until, int length, int stride, int context, int[] targets) {
      this.from = from;
      this.until = until;
      this.length = length;
      this.stride = stride;
      this.context = context;
      this.targets = targets;
    }

    Iterator<Row> windows(Row series) {
      double[] times =
          series.<Double>getList(1).stream().mapToDouble(Double::doubleValue).toArray();
      double[][] values =
          series.<Seq<Double>>getList(2).stream().map(Cut::numbers).toArray(double[][]::new);
      int first = Math.max(1, from.position(times));
      int end = until.position(times);
      List<Row> windows = new ArrayList<>();
      for (int start = first; start < end; start += stride) {
        int stop = (int) Math.min((long) start + length, end);
        windows.add(window(series.getString(0), times, values, start, stop));
        if (stop == end) {
          break;
        }
      }
      return windows.iterator();
    }

    private Row window(String id, double[] times, double[][] values, int start, int stop) {
      int[] steps = IntStream.range(Math.max(1, start - context), stop).toArray();
      double[][] next =
          IntStream.of(steps)
              .mapToObj(t -> IntStream.of(targets).mapToDouble(m -> target(values, t, start, m)))
              .map(DoubleStream::toArray)
              .toArray(double[][]::new);
      Object label =
          targets.length == 1 ? Stream.of(next).mapToDouble(step -> step[0]).toArray() : next;
      return RowFactory.create(
          SourceFile.numbered(id, start),
          IntStream.of(steps).mapToDouble(t -> times[t]).toArray(),
          IntStream.of(steps).mapToObj(t -> values[t - 1]).toArray(double[][]::new),
          label);
    }

    private static double target(double[][] values, int t, int start, int column) {
      return t < start ? Double.NaN : values[t][column];
    }

    private static double[] numbers(Seq<Double> seq) {
      double[] numbers = new double[seq.length()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = seq.apply(i);
      }
      return numbers;
    }
  }
}
