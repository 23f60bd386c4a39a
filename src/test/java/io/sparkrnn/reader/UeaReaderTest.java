package io.sparkrnn.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.SharedData;
import io.sparkrnn.error.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UeaReaderTest {
  private static final String HEADER = "@dimensions 2\n@classLabel true up down\n@data\n";

  @TempDir private Path folder;

  @Test
  void aCaseIsARowWithAnIdThatSortsAsTheCasesDo() throws IOException {
    Reading.write(folder.resolve("a.ts"), HEADER + "1,2,3:4,5,6:up\n" + "7:8:down\n".repeat(10));
    Reading.gzip(folder.resolve("b.ts.gz"), HEADER + "9,10:11,12:down\n");

    Dataset<Row> rows = read("path", folder.toString());

    assertThat(rows.schema().toDDL())
        .isEqualTo(
            "id STRING NOT NULL,features ARRAY<ARRAY<DOUBLE>> NOT NULL,label STRING NOT NULL");
    List<Row> sorted = Reading.rows(rows);
    assertThat(sorted).hasSize(12);
    assertThat(sorted.get(0).<String>getAs("id")).isEqualTo("a.ts#0000001");
    assertThat(sorted.get(0).getList(1))
        .hasToString("[ArraySeq(1.0, 4.0), ArraySeq(2.0, 5.0), ArraySeq(3.0, 6.0)]");
    assertThat(sorted.get(9).<String>getAs("id")).isEqualTo("a.ts#0000010");
    assertThat(sorted.get(11).<String>getAs("id")).isEqualTo("b.ts.gz#0000001");
    assertThat(sorted.get(11).<String>getAs("label")).isEqualTo("down");
  }

  @Test
  void aTargetIsADoubleAndWithoutLabelThereIsNoColumn() throws IOException {
    Path target = Reading.write(folder.resolve("t.ts"), "@targetLabel true\n@data\n1,2:0.5\n");
    Path none = Reading.write(folder.resolve("n.ts"), "@classLabel false\n@data\n1,2\n");
    assertThat(Reading.rows(read("path", target.toString())).get(0).<Double>getAs("label"))
        .isEqualTo(0.5);
    assertThat(read("path", none.toString()).columns()).containsExactly("id", "features");
  }

  @Test
  void aMissingValueIsRefusedWithItsPlaceUnlessItIsKept() throws IOException {
    String path = Reading.write(folder.resolve("a.ts"), HEADER + "1:2:up\n1,2:3,?:up\n").toString();

    Dataset<Row> refused = read("path", path);
    assertThatThrownBy(() -> Reading.rows(refused))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.ts, line 5: dimension 2, value 2")
        .hasMessageContaining("missing = keep");

    Dataset<Row> kept = Reading.read(Map.of("format", "uea", "path", path, "missing", "keep"));
    assertThat(Reading.rows(kept).get(1).getList(1))
        .hasToString("[ArraySeq(1.0, 3.0), ArraySeq(2.0, NaN)]");
  }

  @Test
  void aWrongFirstCaseFailsAlreadyWhenReading() throws IOException {
    String path = Reading.write(folder.resolve("a.ts"), HEADER + "1:2:left\n").toString();
    assertThatThrownBy(() -> read("path", path))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.ts, line 4: expected a label among [up, down]");
  }

  @Test
  void filesOfDifferentClassesAreNotReadTogether() throws IOException {
    Reading.write(folder.resolve("a.ts"), HEADER + "1:2:up\n");
    Reading.write(folder.resolve("b.ts"), "@classLabel true left right\n@data\n1:2:left\n");
    assertThatThrownBy(() -> Reading.rows(read("path", folder.toString())))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("b.ts")
        .hasMessageContaining("found dimensions not declared, classes [left, right]");
  }

  @Test
  void aFileWithoutCasesIsRefused() throws IOException {
    String path = Reading.write(folder.resolve("a.ts"), HEADER).toString();
    assertThatThrownBy(() -> read("path", path))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.ts: expected a case after @data, found none");
  }

  @Test
  void japaneseVowelsIsReadWhole() {
    Dataset<Row> train = read("path", SharedData.require("uea/JapaneseVowels_TRAIN.ts").toString());
    Dataset<Row> test = read("path", SharedData.require("uea/JapaneseVowels_TEST.ts").toString());
    assertThat(train.count()).isEqualTo(270);
    assertThat(test.count()).isEqualTo(370);
    assertThat(train.select("label").distinct().count()).isEqualTo(9);
    Row lengths =
        train.union(test).selectExpr("min(size(features))", "max(size(features))").first();
    assertThat(lengths.getInt(0)).isEqualTo(7);
    assertThat(lengths.getInt(1)).isEqualTo(29);
  }

  private static Dataset<Row> read(String key, String value) {
    return Reading.read(Map.of("format", "uea", key, value));
  }
}
