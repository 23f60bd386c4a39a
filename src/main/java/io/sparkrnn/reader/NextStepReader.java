package io.sparkrnn.reader;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.setting.NearestName;
import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads the long format as {@link LongFormatReader} does and cuts it into windows in which each
 * step predicts the next, within a stretch of time: {@link NextStepWindows}. Training, validation
 * and test are three blocks over the same files with {@code until} of one equal to {@code from} of
 * the next.
 */
public final class NextStepReader implements SequenceReader {
  static final Setting<List<String>> TARGETS =
      Setting.texts(
          "targets", "targets", List.of(), "Value columns to predict; none: all value columns");

  static final Setting<String> FROM =
      Setting.text(
          "from",
          "from",
          "0%",
          "First time of the targets, included: a time, or a share of the steps such as 70%");

  static final Setting<String> UNTIL =
      Setting.text(
          "until",
          "until",
          "100%",
          "Last time of the targets, excluded: a time, or a share of the steps such as 70%");

  static final Setting<Integer> WINDOW =
      Setting.integer(
          "window",
          "window",
          0,
          Range.closed(0, 1_000_000),
          "Steps of a window; the last one may be shorter; 0: one window a series");

  static final Setting<Integer> STRIDE =
      Setting.integer(
          "stride",
          "stride",
          0,
          Range.closed(0, 1_000_000),
          "Steps from the start of a window to that of the next, at most window; 0: window");

  static final Setting<Integer> CONTEXT =
      Setting.integer(
          "context",
          "context",
          0,
          Range.closed(0, 1_000_000),
          "Steps before the first target of a window that are read and not scored");

  private static final Settings SETTINGS =
      Settings.union(
          LongFormatReader.SETTINGS, Settings.of(TARGETS, FROM, UNTIL, WINDOW, STRIDE, CONTEXT));

  private final LongFormatReader series = new LongFormatReader();

  @Override
  public String format() {
    return "next-step";
  }

  @Override
  public String purpose() {
    return "Long format cut into windows, each step predicting the next: id, times, features,"
        + " label";
  }

  @Override
  public Settings settings() {
    return SETTINGS;
  }

  @Override
  public Dataset<Row> read(SparkSession spark, Values values) {
    NextStepWindows windows = windows(values);
    return DataFailure.requireRows(
        windows.of(series.read(spark, ofSeries(values))),
        () ->
            values.get(SourceFiles.PATH)
                + ": expected a time step to predict from "
                + values.get(FROM)
                + " until "
                + values.get(UNTIL)
                + ", found none; a series needs a step before its first target");
  }

  private static Values ofSeries(Values values) {
    Values own = Values.defaults(LongFormatReader.SETTINGS);
    for (Setting<?> setting : LongFormatReader.SETTINGS) {
      own = own.withChecked(setting, values.get(setting));
    }
    return own;
  }

  private static NextStepWindows windows(Values values) {
    TimeAxis axis = new TimeAxis(values.get(LongFormatReader.TIME_FORMAT));
    return new NextStepWindows(
        TimeBoundary.parse(FROM.key(), values.get(FROM), axis),
        TimeBoundary.parse(UNTIL.key(), values.get(UNTIL), axis),
        positive(values.get(WINDOW)),
        positive(values.get(STRIDE)),
        values.get(CONTEXT),
        targets(values.get(TARGETS), values.get(LongFormatReader.VALUES)));
  }

  private static OptionalInt positive(int value) {
    return value > 0 ? OptionalInt.of(value) : OptionalInt.empty();
  }

  private static List<Integer> targets(List<String> targets, List<String> columns) {
    List<Integer> positions = new ArrayList<>();
    for (String target : targets.isEmpty() ? columns : targets) {
      int position = columns.indexOf(target);
      if (position < 0) {
        throw new ConfigurationException(
            "targets: expected columns among values = "
                + columns
                + ", found "
                + target
                + NearestName.of(target, columns)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse(""));
      }
      positions.add(position);
    }
    return positions;
  }
}
