package io.sparkrnn.ml;

import io.sparkrnn.reader.SeriesAssembly;
import io.sparkrnn.reader.SeriesColumns;
import io.sparkrnn.reader.SeriesGathering;
import io.sparkrnn.reader.TimeAxis;
import io.sparkrnn.reader.TimeBoundary;
import io.sparkrnn.reader.TimeStep;
import io.sparkrnn.setting.Rule;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * How rows in long format become series, and where their parts begin.
 *
 * @param columns what is read
 * @param step between times; empty to infer it
 * @param gaps what happens to missing steps
 * @param duplicates what happens to several rows at one time
 * @param scaling of each series by itself, of all together, or none
 * @param validationFrom where the part begins that validates and calibrates intervals
 * @param testFrom where the part begins that is held out
 * @param testUntil where that part ends
 */
public record SeriesSettings(
    SeriesColumns columns,
    String step,
    String gaps,
    String duplicates,
    String scaling,
    String validationFrom,
    String testFrom,
    String testUntil)
    implements Serializable {

  static final String BY_SERIES = "series";
  static final String GLOBAL = "global";
  static final String NONE = "none";

  /** Time. */
  public static final Setting<String> TIME =
      Setting.text(
          "columns.time",
          "timeCol",
          "time",
          "column of the times of a series: numbers, dates or timestamps (forecasting)");

  /** Target. */
  public static final Setting<String> TARGET =
      Setting.text("columns.target", "targetCol", "value", "column that is forecast (forecasting)");

  /** Past. */
  public static final Setting<List<String>> PAST =
      Setting.texts(
          "columns.past",
          "pastCols",
          List.of(),
          "columns of numbers known up to the present (forecasting)");

  /** Future. */
  public static final Setting<List<String>> FUTURE =
      Setting.texts(
          "columns.future",
          "futureCols",
          List.of(),
          "columns of numbers known in advance; rows ahead have no target (forecasting)");

  /** Static. */
  public static final Setting<List<String>> STATIC =
      Setting.texts(
          "columns.static",
          "staticCols",
          List.of(),
          "columns of numbers that are the same in all rows of a series (forecasting)");

  /** Step. */
  public static final Setting<String> STEP =
      Setting.text(
          "series.step",
          "seriesStep",
          "",
          "time between two steps: a number, or such as 15 minutes or 1 month; empty: inferred");

  /** Gaps. */
  public static final Setting<String> GAPS =
      Setting.choice(
          "series.gaps",
          "gaps",
          SeriesAssembly.ERROR,
          List.of(SeriesAssembly.ERROR, SeriesAssembly.PREVIOUS, SeriesAssembly.ZERO),
          "steps without a value: refuse them, repeat the value before them, or take 0");

  /** Duplicates. */
  public static final Setting<String> DUPLICATES =
      Setting.choice(
          "series.duplicates",
          "duplicates",
          SeriesAssembly.ERROR,
          List.of(SeriesAssembly.ERROR, SeriesAssembly.MEAN),
          "several rows of a series at one time: refuse them, or take the mean of their values");

  /** Scaling. */
  public static final Setting<String> SCALING =
      Setting.choice(
          "series.scaling",
          "scaling",
          BY_SERIES,
          List.of(BY_SERIES, GLOBAL, NONE),
          "whether targets are scaled by mean and deviation of each series' training part, of all"
              + " together, or not");

  /** Validation. */
  public static final Setting<String> VALIDATION_FROM =
      Setting.text(
          "series.validationFrom",
          "validationFrom",
          "80%",
          boundary(),
          "where the validation part of each series begins: a time, or a share of its steps; it"
              + " chooses the epoch and calibrates intervals");

  /** Test. */
  public static final Setting<String> TEST_FROM =
      Setting.text(
          "series.testFrom",
          "testFrom",
          "90%",
          boundary(),
          "where the test part of each series begins; no training sees it");

  /** End of the test. */
  public static final Setting<String> TEST_UNTIL =
      Setting.text(
          "series.testUntil",
          "testUntil",
          "100%",
          boundary(),
          "where the test part ends, excluded");

  /** All settings of series. */
  public static final Settings SETTINGS =
      Settings.of(
          TIME,
          TARGET,
          PAST,
          FUTURE,
          STATIC,
          STEP,
          GAPS,
          DUPLICATES,
          SCALING,
          VALIDATION_FROM,
          TEST_FROM,
          TEST_UNTIL);

  private static Rule<String> boundary() {
    return Rule.of("a time, or a share such as 80%", text -> !text.isBlank());
  }

  static SeriesSettings from(Values values) {
    return new SeriesSettings(
        new SeriesColumns(
            values.get(ColumnSettings.ID),
            values.get(TIME),
            values.get(TARGET),
            values.get(PAST),
            values.get(FUTURE),
            values.get(STATIC)),
        values.get(STEP),
        values.get(GAPS),
        values.get(DUPLICATES),
        values.get(SCALING),
        values.get(VALIDATION_FROM),
        values.get(TEST_FROM),
        values.get(TEST_UNTIL));
  }

  /** The settings of an estimator that reads a target alone and cuts no parts. */
  static SeriesSettings ofAutoregression(Values values) {
    return new SeriesSettings(
        new SeriesColumns(
            values.get(ColumnSettings.ID),
            values.get(TIME),
            values.get(TARGET),
            List.of(),
            List.of(),
            List.of()),
        values.get(STEP),
        values.get(GAPS),
        values.get(DUPLICATES),
        NONE,
        VALIDATION_FROM.defaultValue(),
        TEST_FROM.defaultValue(),
        TEST_UNTIL.defaultValue());
  }

  /** Gathers the series of rows of this schema. */
  SeriesGathering gathering(StructType schema) {
    columns.require(schema);
    TimeStep timeStep = TimeStep.parse(STEP.key(), step, columns.calendar(schema));
    return new SeriesGathering(new SeriesAssembly(columns, timeStep, gaps, duplicates));
  }

  /** The parts of series of rows of this schema. */
  SeriesParts parts(StructType schema) {
    boolean calendar = columns.calendar(schema);
    return new SeriesParts(
        boundary(VALIDATION_FROM, validationFrom, calendar),
        boundary(TEST_FROM, testFrom, calendar),
        boundary(TEST_UNTIL, testUntil, calendar));
  }

  private static TimeBoundary boundary(Setting<String> setting, String text, boolean calendar) {
    String pattern = "yyyy-MM-dd[ HH:mm[:ss]]";
    return TimeBoundary.parse(setting.key(), text, new TimeAxis(calendar ? pattern : ""));
  }
}
