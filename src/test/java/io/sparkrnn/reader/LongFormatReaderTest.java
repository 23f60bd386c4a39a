package io.sparkrnn.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.TestSpark;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.setting.Values;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongFormatReaderTest {
  @TempDir private Path folder;

  @Test
  void aSeriesIsOneRowSortedByTimeWhateverTheOrderOfItsRows() throws IOException {
    Reading.write(folder.resolve("a.csv"), "s,time,x,y\nq,3,30,31\np,1,1,2\nq,1,10,11\n");
    Reading.gzip(folder.resolve("b.csv.gz"), "y,x,time,s\n21,20,2,q\n");

    Dataset<Row> read = read(Map.of("series", "s", "values", List.of("x", "y")));

    assertThat(read.schema().toDDL())
        .isEqualTo(
            "id STRING NOT NULL,times ARRAY<DOUBLE> NOT NULL,features ARRAY<ARRAY<DOUBLE>> NOT"
                + " NULL");
    List<Row> rows = Reading.rows(read);
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).mkString("|")).isEqualTo("p|ArraySeq(1.0)|ArraySeq(ArraySeq(1.0, 2.0))");
    assertThat(rows.get(1).mkString("|"))
        .isEqualTo(
            "q|ArraySeq(1.0, 2.0, 3.0)"
                + "|ArraySeq(ArraySeq(10.0, 11.0), ArraySeq(20.0, 21.0), ArraySeq(30.0, 31.0))");
  }

  @Test
  void withoutASeriesColumnEachFileIsASeries() throws IOException {
    Reading.write(folder.resolve("a.csv"), "time,value\n2,20\n1,10\n");
    Reading.write(folder.resolve("b.csv"), "time,value\n1,5\n");
    List<Row> rows = Reading.rows(read(Map.of()));
    assertThat(rows).extracting(row -> row.getString(0)).containsExactly("a.csv", "b.csv");
    assertThat(rows.get(0).<Double>getList(1)).containsExactly(1.0, 2.0);
  }

  @Test
  void datesAreSecondsSince1970InUtc() throws IOException {
    Reading.write(
        folder.resolve("a.csv"), "date;value\n1970-01-02 00:00:00;2\n1970-01-01 00:00:10;1\n");
    Row row =
        Reading.rows(
                read(Map.of("time", "date", "timeFormat", "yyyy-MM-dd HH:mm:ss", "separator", ";")))
            .get(0);
    assertThat(row.<Double>getList(1)).containsExactly(10.0, 86_400.0);
  }

  @Test
  void twoRowsAtOneTimeAreRefusedWithBothPlaces() throws IOException {
    Reading.write(folder.resolve("a.csv"), "time,value\n1,1\n2,2\n1.0,3\n");
    assertThatThrownBy(() -> Reading.rows(read(Map.of())))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("series a.csv: expected one row at each time, found two at time 1.0")
        .hasMessageContaining("a.csv, line 2")
        .hasMessageContaining("a.csv, line 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "", "n/a", "Infinity", "1d"})
  void aValueThatIsNoNumberIsRefusedWithFileLineAndColumn(String value) throws IOException {
    Reading.write(folder.resolve("a.csv"), "time,value\n1,1\n2," + value + "\n");
    assertThatThrownBy(() -> Reading.rows(read(Map.of())))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "a.csv, line 3, column \"value\": expected a finite number, found \"" + value + "\"");
  }

  @Test
  void aTimeThatIsNoneIsRefusedWithItsForm() throws IOException {
    Reading.write(folder.resolve("a.csv"), "time,value\n2020-01-01,1\n");
    assertThatThrownBy(() -> read(Map.of()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "a.csv, line 2, column \"time\": expected a number (or set timeFormat");
    assertThatThrownBy(() -> read(Map.of("timeFormat", "dd.MM.yyyy")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected a time written as dd.MM.yyyy, found \"2020-01-01\"");
  }

  @Test
  void missingColumnsAndRowsAreRefused() throws IOException {
    Reading.write(folder.resolve("a.csv"), "time,value\n");
    assertThatThrownBy(() -> read(Map.of("time", "date")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.csv: expected a column \"date\", found the columns [time, value]");
    assertThatThrownBy(() -> read(Map.of()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected a row after the header, found none");
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> read(Map.of("separator", ", ")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("separator: expected one character");
    assertThatThrownBy(() -> read(Map.of("values", List.of())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("values: expected at least one column");
  }

  @Test
  void aDataFrameInLongFormatIsGatheredAsAFileIs() {
    Dataset<Row> table =
        TestSpark.session()
            .sql(
                "SELECT * FROM VALUES ('q', timestamp_ntz'1970-01-01 00:00:02', 2, 0.5D),"
                    + " ('q', timestamp_ntz'1970-01-01 00:00:01', 1, 1.5D),"
                    + " ('p', timestamp_ntz'1970-01-01 00:00:01', 3, 2.5D) AS t(s, at, x, y)");
    Values values =
        Values.of(
            LongFormatReader.SETTINGS,
            Map.of("series", "s", "time", "at", "values", List.of("x", "y")));
    List<Row> rows = Reading.rows(LongFormatReader.gather(table.repartition(5), values));
    assertThat(rows.get(1).mkString("|"))
        .isEqualTo("q|ArraySeq(1.0, 2.0)|ArraySeq(ArraySeq(1.0, 1.5), ArraySeq(2.0, 0.5))");
  }

  @Test
  void everyTypeOfTimeIsANumber() {
    TimeAxis axis = new TimeAxis("yyyy-MM-dd");
    assertThat(axis.of(5)).hasValue(5);
    assertThat(axis.of(Instant.ofEpochMilli(1_500))).hasValue(1.5);
    assertThat(axis.of(Timestamp.from(Instant.ofEpochSecond(7)))).hasValue(7);
    assertThat(axis.of(LocalDate.of(1970, 1, 2))).hasValue(86_400);
    assertThat(axis.of(Date.valueOf("1970-01-02"))).hasValue(86_400);
    assertThat(axis.of("1970-01-02")).hasValue(86_400);
    assertThat(axis.of(true)).isEmpty();
    assertThat(axis.of(Double.NaN)).isEmpty();
    assertThatThrownBy(() -> new TimeAxis("bbb")).isInstanceOf(ConfigurationException.class);
  }

  @Test
  void nullsInADataFrameAreRefusedWithTheirSeriesAndColumn() {
    Dataset<Row> table =
        TestSpark.session()
            .sql("SELECT * FROM VALUES ('q', 1, 0.5D), ('q', 2, null) AS t(s, at, x)");
    Values values =
        Values.of(
            LongFormatReader.SETTINGS, Map.of("series", "s", "time", "at", "values", List.of("x")));
    assertThatThrownBy(() -> Reading.rows(LongFormatReader.gather(table, values)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "series q, time 2, column \"x\": expected a finite number, found null");
    assertThatThrownBy(
            () -> LongFormatReader.gather(table, Values.of(LongFormatReader.SETTINGS, Map.of())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("series: expected a column");
  }

  private Dataset<Row> read(Map<String, Object> settings) {
    Map<String, Object> block = new HashMap<>(settings);
    block.put("format", "long");
    block.put("path", folder.toString());
    return Reading.read(block);
  }
}
