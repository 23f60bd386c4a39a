package io.sparkrnn.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.SharedData;
import io.sparkrnn.error.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFolderReaderTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeTwoClasses() throws IOException {
    Reading.write(folder.resolve("Irish.txt"), " Ó Néill \n\nRyan\nRyan\n");
    Reading.gzip(folder.resolve("Old.English.txt.gz"), "Ryan\nDe  La Rue");
    Reading.write(folder.resolve("README.md"), "not a class\n");
  }

  @Test
  void aLineIsARowAndTheFileIsItsLabel() {
    List<Row> rows = Reading.rows(read(Map.of()));
    assertThat(rows)
        .extracting(Row::mkString)
        .containsExactly(
            "Irish.txt#0000001Ó NéillIrish",
            "Irish.txt#0000003RyanIrish",
            "Irish.txt#0000004RyanIrish",
            "Old.English.txt.gz#0000001RyanOld.English",
            "Old.English.txt.gz#0000002De  La RueOld.English");
  }

  @Test
  void uniqueKeepsTheFirstOfEachTextAndLabel() {
    Dataset<Row> unique = read(Map.of("unique", true, "tokens", "characters"));
    assertThat(unique.columns()).containsExactly("id", "text", "label", "tokens");
    assertThat(Reading.ids(unique))
        .containsExactly(
            "Irish.txt#0000001",
            "Irish.txt#0000003",
            "Old.English.txt.gz#0000001",
            "Old.English.txt.gz#0000002");
    assertThat(Reading.rows(read(Map.of("unique", true)))).hasSize(4);
  }

  @Test
  void tokensAreCharactersOrWords() {
    assertThat(Reading.rows(read(Map.of("tokens", "characters"))).get(0).<String>getList(3))
        .containsExactly("Ó", " ", "N", "é", "i", "l", "l");
    assertThat(Reading.rows(read(Map.of("tokens", "words"))).get(4).<String>getList(3))
        .containsExactly("De", "La", "Rue");
  }

  @Test
  void charactersAreCodePointsNotHalvesOfThem() {
    assertThat(TextFolderReader.characters("a😀é")).containsExactly("a", "😀", "é");
    assertThat(TextFolderReader.words(" a\u00a0b\tc ")).containsExactly("a", "b", "c");
    assertThat(TextFolderReader.words(" ")).isEmpty();
  }

  @Test
  void blanksAndEmptyLinesStayIfAsked() {
    List<Row> rows = Reading.rows(read(Map.of("trim", false, "skipEmpty", false)));
    assertThat(rows.get(0).getString(1)).isEqualTo(" Ó Néill ");
    assertThat(rows.get(1).getString(1)).isEmpty();
    assertThat(rows).hasSize(6);
  }

  @Test
  void aFileThatIsNotUtf8IsRefusedWithItsLine() throws IOException {
    Files.write(
        folder.resolve("Zulu.txt"), "good\nMu\u00f1oz\n".getBytes(StandardCharsets.ISO_8859_1));
    Dataset<Row> rows = read(Map.of());
    assertThatThrownBy(() -> Reading.rows(rows))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Zulu.txt, line 2")
        .hasMessageContaining("UTF-8");
  }

  @Test
  void aFolderWithoutSuchFilesIsRefused() {
    assertThatThrownBy(() -> read(Map.of("suffix", ".csv")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected files to read, found none");
  }

  @Test
  void namesByNationalityHaveEighteenClasses() {
    Map<String, Object> block =
        Map.of(
            "format",
            "text-folder",
            "path",
            SharedData.require("names").toString(),
            "unique",
            true);
    Dataset<Row> rows = Reading.read(block);
    assertThat(rows.select("label").distinct().count()).isEqualTo(18);
    assertThat(rows.count()).isEqualTo(rows.select("text", "label").distinct().count());
  }

  private Dataset<Row> read(Map<String, Object> settings) {
    Map<String, Object> block = new HashMap<>(settings);
    block.put("format", "text-folder");
    block.put("path", folder.toString());
    return Reading.read(block);
  }
}
