package io.sparkrnn.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.TestSpark;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableReaderTest {
  @TempDir private Path folder;

  @Test
  void columnsAreMappedByExpressions() throws IOException {
    Path file =
        Reading.write(folder.resolve("a.csv"), "key;name;lang\n7;Ryan;Irish\n8;Ito;Japanese\n");
    Dataset<Row> rows =
        read(
            Map.of(
                "source",
                "csv",
                "path",
                file.toString(),
                "options",
                List.of("header=true", "sep = ;"),
                "schema",
                "key INT, name STRING, lang STRING",
                "where",
                "lang <> 'Japanese'",
                "columns",
                List.of("key AS id", "split(name, '') AS tokens", "lang AS label")));
    assertThat(rows.schema().toDDL()).isEqualTo("id STRING,tokens ARRAY<STRING>,label STRING");
    assertThat(Reading.rows(rows))
        .extracting(row -> row.mkString("|"))
        .containsExactly("7|ArraySeq(R, y, a, n)|Irish");
  }

  @Test
  void jsonLinesAndParquetAndQueriesAreRead() throws IOException {
    Path json =
        Reading.write(folder.resolve("a.jsonl"), "{\"id\":\"x\",\"tokens\":[\"B\",\"T\"]}\n");
    Dataset<Row> rows = read(Map.of("source", "json", "path", json.toString()));
    assertThat(Reading.rows(rows).get(0).<String>getList(1)).containsExactly("B", "T");

    String parquet = folder.resolve("p").toString();
    rows.write().parquet(parquet);
    assertThat(Reading.ids(read(Map.of("path", parquet)))).containsExactly("x");
    assertThat(Reading.ids(read(Map.of("path", parquet, "where", "")))).containsExactly("x");
    assertThat(Reading.ids(read(Map.of("query", "SELECT * FROM parquet.`" + parquet + "`"))))
        .containsExactly("x");
  }

  @Test
  void anIdMadeOfTheContentDoesNotDependOnPartitions() {
    TestSpark.session()
        .range(0, 60, 1, 1)
        .selectExpr("id % 20 AS a", "concat('t', id % 4) AS b")
        .createOrReplaceTempView("unkeyed");
    List<String> once = Reading.ids(read(Map.of("query", "SELECT a, b FROM unkeyed")));
    List<String> again =
        Reading.ids(
            read(Map.of("query", "SELECT /*+ REPARTITION(7) */ a, b FROM unkeyed ORDER BY b")));
    assertThat(once).hasSize(60).doesNotHaveDuplicates().isEqualTo(again);
    assertThat(once).filteredOn(id -> id.endsWith("#3")).hasSize(20);
  }

  @Test
  void aColumnThatDoesNotExistIsAMistakeOfTheConfiguration() throws IOException {
    Path json = Reading.write(folder.resolve("a.jsonl"), "{\"id\":\"x\"}\n");
    Map<String, Object> block = Map.of("source", "json", "path", json.toString());
    for (Map.Entry<String, Object> wrong :
        Map.<String, Object>of(
                "columns", List.of("idd AS id"), "where", "label IS NULL", "schema", "id STRINGS")
            .entrySet()) {
      Map<String, Object> settings = new HashMap<>(block);
      settings.put(wrong.getKey(), wrong.getValue());
      assertThatThrownBy(() -> read(settings))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith(wrong.getKey() + ": Spark cannot use ");
    }
    assertThatThrownBy(() -> read(Map.of("source", "spreadsheet", "path", json.toString())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("source: Spark cannot use spreadsheet");
    assertThatThrownBy(() -> read(Map.of("query", "SELEC 1")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("query: Spark cannot use SELEC 1");
    assertThatThrownBy(() -> read(Map.of("query", "SELECT 1", "path", "x")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("query: expected alone, found beside path");
    assertThatThrownBy(() -> read(Map.of("options", "header")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("options: expected a list of texts key=value");
  }

  @Test
  void missingEmptyAndMalformedFilesAreMistakesOfTheData() throws IOException {
    assertThatThrownBy(() -> read(Map.of("path", folder + "/absent")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("absent: expected a file or folder, found nothing at");
    assertThatThrownBy(() -> read(Map.of("query", "SELECT 1 AS id WHERE false")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected rows, found none");
    Path json = Reading.write(folder.resolve("a.jsonl"), "{\"id\":\"x\"}\n{\"id\":\n");
    assertThatThrownBy(() -> Reading.rows(read(Map.of("source", "json", "path", json.toString()))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("MALFORMED_RECORD");
    Map<String, Object> withSchema =
        Map.of("source", "json", "path", json.toString(), "schema", "id STRING");
    assertThatThrownBy(() -> Reading.rows(read(withSchema)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.jsonl");
  }

  private static Dataset<Row> read(Map<String, Object> settings) {
    Map<String, Object> block = new HashMap<>(settings);
    block.put("format", "table");
    return Reading.read(block);
  }
}
