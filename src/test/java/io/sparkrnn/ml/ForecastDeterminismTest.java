package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same bytes whatever the source's partitions and order, alone or in a batch, read or fresh.
 */
class ForecastDeterminismTest {
  @TempDir private Path folder;

  private static SequenceForecaster of(String model) {
    return model.equals("ar") ? LongFrames.linear() : LongFrames.forecaster().setModel(model);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gru", "ar"})
  void partitionsAndOrderOfTheSourceDoNotMatter(String model) {
    List<Row> rows = LongFrames.waves();
    SequenceForecastModel one = of(model).fit(LongFrames.of(rows));
    SequenceForecastModel other = of(model).fit(LongFrames.shuffled(rows, 5));
    assertThat(forecasts(other, LongFrames.shuffled(rows, 3)))
        .isEqualTo(forecasts(one, LongFrames.of(rows)));
    assertThat(other.evaluate(LongFrames.shuffled(rows, 4)).toJson())
        .isEqualTo(one.evaluate(LongFrames.of(rows)).toJson());
  }

  @ParameterizedTest
  @CsvSource({
    "gru, direct, point", "lstm, recursive, point", "srn, direct, gaussian",
    "gru, recursive, gaussian", "gru, direct, quantiles", "narx, recursive, quantiles",
    "tdnn, direct, point", "ar, direct, point", "ar, recursive, point"
  })
  void aSeriesAloneIsForecastAsAmongOthersAndAModelReadAsWhenItWasWritten(
      String name, String strategy, String distribution) throws Exception {
    List<Row> rows = LongFrames.waves();
    SequenceForecastModel model =
        of(name)
            .setStrategy(strategy)
            .set(ForecastSettings.DISTRIBUTION, distribution)
            .set(ForecastSettings.PATHS, 20)
            .set(ForecastSettings.DELAYS, 4)
            .fit(LongFrames.of(rows));
    List<Row> all = forecasts(model, LongFrames.of(rows));
    assertThat(all).hasSize(9);
    assertThat(all).allMatch(row -> row.getDouble(4) <= row.getDouble(3));
    assertThat(all).allMatch(row -> row.getDouble(5) >= row.getDouble(3));
    List<Row> second = rows.stream().filter(row -> row.getString(0).equals("s1")).toList();
    assertThat(forecasts(model, LongFrames.of(second))).isEqualTo(all.subList(3, 6));

    String path = folder.resolve("model").toString();
    model.write().save(path);
    SequenceForecastModel read = SequenceForecastModel.load(path);
    assertThat(read.values()).isEqualTo(model.values());
    assertThat(forecasts(read, LongFrames.of(rows))).isEqualTo(all);
    assertThat(read.evaluate(LongFrames.of(rows)).toJson())
        .isEqualTo(model.evaluate(LongFrames.of(rows)).toJson());
  }

  @Test
  void theSeriesThatAreDrawnAreTheSameInAnyNumberOfPartitions() {
    List<Row> rows = LongFrames.rows(7, 40, (s, t) -> Math.sin(t + s) + 0.1 * t * s);
    List<String> drawn = List.of("s0", "s1", "s2", "s3");
    for (int partitions : new int[] {1, 3}) {
      SequenceForecastModel model =
          LongFrames.linear().setPartitions(partitions).fit(LongFrames.of(rows));
      assertThat(model.evaluate(LongFrames.of(rows)).toJson().path("series"))
          .extracting(series -> series.path("id").asText())
          .isEqualTo(drawn);
    }
  }

  @Test
  void timesGoOnInTheirOwnType() {
    List<Row> rows = forecasts(LongFrames.linear().fit(frame()), frame());
    assertThat(rows.subList(0, 3))
        .extracting(row -> row.getLong(1), row -> row.getInt(2))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(160L, 1),
            org.assertj.core.groups.Tuple.tuple(161L, 2),
            org.assertj.core.groups.Tuple.tuple(162L, 3));
    Dataset<Row> months =
        frame().selectExpr("id", "add_months(DATE'1990-01-31', time) AS time", "value");
    assertThat(forecasts(LongFrames.linear().fit(months), months).get(0).getDate(1))
        .isEqualTo(java.sql.Date.valueOf("2003-05-31"));
    Dataset<Row> hours =
        frame()
            .selectExpr(
                "id", "timestampadd(HOUR, time, TIMESTAMP'2020-03-01 00:00:00') AS time", "value");
    assertThat(forecasts(LongFrames.linear().fit(hours), hours).get(2).getTimestamp(1))
        .isEqualTo(java.sql.Timestamp.valueOf("2020-03-07 18:00:00"));
  }

  private static Dataset<Row> frame() {
    return LongFrames.of(LongFrames.waves());
  }

  private static List<Row> forecasts(SequenceForecastModel model, Dataset<Row> rows) {
    return model.transform(rows).orderBy("id", "step").collectAsList();
  }
}
