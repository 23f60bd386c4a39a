package io.sparkrnn.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.SharedData;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, lines and paragraphs as documents; parts of a text join without loss. */
class TextReaderTest {
  @TempDir private Path folder;

  @Test
  void aDocumentIsAFileALineOrAParagraph() throws IOException {
    Reading.write(folder.resolve("b.txt"), "one\r\ntwo\n\n \nthree\n");
    Reading.gzip(folder.resolve("a.txt.gz"), "é😀");
    assertThat(texts(Map.of())).containsExactly("é😀", "one\ntwo\n\n \nthree\n");
    assertThat(texts(Map.of("document", "line"))).containsExactly("é😀", "one", "two", "three");
    assertThat(texts(Map.of("document", "paragraph")))
        .containsExactly("é😀", "one\ntwo", "three\n");
  }

  @Test
  void partsOfAFileJoinToTheWhole() throws IOException {
    String text = "0123456789é😀xyz";
    Reading.write(folder.resolve("t.txt"), text);
    for (String border : List.of("10%", "33.3%", "80%", "99%")) {
      String before = texts(Map.of("until", border)).get(0);
      String after = texts(Map.of("from", border)).get(0);
      assertThat(before + after).isEqualTo(text);
    }
    assertThat(texts(Map.of("until", "80%")).get(0)).isEqualTo("0123456789é😀");
  }

  @Test
  void partsOfLinesAreSharesOfTheLines() throws IOException {
    Reading.write(folder.resolve("t.txt"), "a\nb\n\nc\nd\n");
    assertThat(texts(Map.of("document", "line", "until", "75%"))).containsExactly("a", "b", "c");
    assertThat(texts(Map.of("document", "line", "from", "75%"))).containsExactly("d");
  }

  @Test
  void wrongPartsAndFilesAreRefused() throws IOException {
    Files.write(folder.resolve("t.txt"), "Mu\u00f1oz".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> texts(Map.of()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("t.txt")
        .hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> texts(Map.of("until", "101%")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("until");
    assertThatThrownBy(() -> texts(Map.of("from", "50%", "until", "50%")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("from");
  }

  @Test
  void tinyShakespeareIsSplitAsThePublishedResultsAre() {
    String path = SharedData.require("tinyshakespeare/input.txt").toString();
    List<Row> train = rows(path, Map.of("until", "90%"));
    List<Row> valid = rows(path, Map.of("from", "90%"));
    assertThat(train.get(0).getString(1)).hasSize(1_003_854);
    assertThat(valid.get(0).getString(1)).hasSize(111_540);
  }

  private List<String> texts(Map<String, Object> settings) {
    return rows(folder.toString(), settings).stream().map(row -> row.getString(1)).toList();
  }

  private static List<Row> rows(String path, Map<String, Object> settings) {
    Map<String, Object> block = new HashMap<>(settings);
    block.put("format", "text");
    block.put("path", path);
    return Reading.rows(Reading.read(block));
  }
}
