package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Throwables;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.reader.TimeSeries;
import io.sparkrnn.setting.Values;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What happens to rows that do not make a regular series, and what is said of them. */
class SeriesPolicyTest {
  private static final String SCHEMA = "id STRING, time DOUBLE, value DOUBLE";

  private static Dataset<Row> frame(Object[]... rows) {
    return Frames.of(SCHEMA, rows);
  }

  private static Object[] row(double time, double value) {
    return Frames.row("a", time, value);
  }

  private static TimeSeries series(SequenceForecaster forecaster, Dataset<Row> rows) {
    Values values = forecaster.values();
    return SeriesSettings.from(values).gathering(rows.schema()).of(rows, 2).collect().get(0);
  }

  private static String failure(SequenceForecaster forecaster, Dataset<Row> rows) {
    try {
      series(forecaster, rows);
    } catch (Exception e) {
      Throwable cause = Throwables.getRootCause(e);
      assertThat(cause).isInstanceOf(DataException.class);
      return String.valueOf(cause.getMessage());
    }
    throw new AssertionError("nothing failed");
  }

  private static SequenceForecaster forecaster() {
    return LongFrames.forecaster();
  }

  @Test
  void rowsAreSortedAndTheStepIsInferred() {
    TimeSeries series = series(forecaster(), frame(row(4, 3), row(0, 1), row(2, 2)));
    assertThat(series.target()).containsExactly(1, 2, 3);
    assertThat(series.grid().step()).isEqualTo(2);
    assertThat(series.grid().timeAt(3)).isEqualTo(6);
  }

  @Test
  void aGapIsRefusedOrFilledFromEarlierStepsAlone() {
    Dataset<Row> gap = frame(row(0, 1), row(1, 5), row(4, 9));
    assertThat(failure(forecaster(), gap))
        .isEqualTo(
            "series a, time 2: expected a value of column value, found none; fill the gap, or set series.gaps = previous or zero");
    assertThat(series(forecaster().set(SeriesSettings.GAPS, "previous"), gap).target())
        .containsExactly(1, 5, 5, 5, 9);
    assertThat(series(forecaster().set(SeriesSettings.GAPS, "zero"), gap).target())
        .containsExactly(1, 5, 0, 0, 9);
  }

  @Test
  void rowsOfOneTimeAreRefusedOrTakenTogether() {
    Dataset<Row> twice = frame(row(0, 1), row(1, 4), row(1, 6), row(2, 2));
    assertThat(failure(forecaster(), twice))
        .isEqualTo(
            "series a: expected one row at each time, found 2 at 1; remove all but one, name the column that tells the series apart (columns.id), or set series.duplicates = mean");
    assertThat(series(forecaster().set(SeriesSettings.DUPLICATES, "mean"), twice).target())
        .containsExactly(1, 5, 2);
  }

  @Test
  void timesOffTheGridAreRefused() {
    assertThat(failure(forecaster(), frame(row(0, 1), row(1, 4), row(2.5, 6))))
        .startsWith("series a: expected times 1.25 units apart, found 1 after 0")
        .endsWith("mend the times, or set series.step");
    assertThat(
            series(
                    forecaster().set(SeriesSettings.STEP, "0.5").set(SeriesSettings.GAPS, "zero"),
                    frame(row(0, 1), row(1, 4), row(2.5, 6)))
                .target())
        .containsExactly(1, 0, 4, 0, 0, 6);
  }

  @Test
  void aTargetThatIsNullAtTheEndIsAhead() {
    Dataset<Row> rows =
        Frames.of(
            SCHEMA + ", known DOUBLE",
            Frames.row("a", 0.0, 1.0, 7.0),
            Frames.row("a", 1.0, 2.0, 8.0),
            Frames.row("a", 2.0, null, 9.0));
    TimeSeries series = series(forecaster().setFutureCols("known"), rows);
    assertThat(series.length()).isEqualTo(2);
    assertThat(series.knownAhead()).isEqualTo(3);
    assertThat(series.future()[0]).containsExactly(7, 8, 9);
  }

  @Test
  void settingsAreCheckedBeforeAnyRow() {
    Dataset<Row> rows = frame(row(0, 1));
    assertThatThrownBy(() -> forecaster().setTargetCol("valu").fit(rows))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "columns.target: there is no column valu; the data have [id, time, value]; did you mean value?");
    assertThatThrownBy(
            () ->
                forecaster()
                    .setValidationFrom("90%")
                    .setTestFrom("80%")
                    .transformSchema(rows.schema()))
        .hasMessage(
            "series.validationFrom: expected it not to lie after series.testFrom, found 90.0% and 80.0%");
    assertThatThrownBy(
            () -> forecaster().setTimeCol("id").setIdCol("").transformSchema(rows.schema()))
        .hasMessageContaining("columns.time: column id must be a number, a date or a timestamp");
    assertThatThrownBy(
            () ->
                forecaster().set(ForecastSettings.FEEDBACK, "free").transformSchema(rows.schema()))
        .hasMessageContaining("forecast.feedback: only recursive forecasts read their own outputs");
  }
}
