package io.sparkrnn.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.SharedData;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConllUReaderTest {
  private static final String TEXT =
      """
      # sent_id = one
      1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
      1\tdo\tdo\tAUX\tVB\t_\t0\troot\t_\t_
      2\tn't\tnot\tPART\t_\tPolarity=Neg\t1\tadvmod\t_\t_

      1\tStop\tstop\tVERB\tVB\t_\t0\troot\t_\t_
      """;

  @TempDir private Path folder;

  @Test
  void aSentenceIsARowOfWordsAndLabels() throws IOException {
    String path = Reading.gzip(folder.resolve("x.conllu.gz"), TEXT).toString();
    Dataset<Row> read = Reading.read(Map.of("format", "conllu", "path", path));
    assertThat(read.schema().toDDL())
        .isEqualTo(
            "id STRING NOT NULL,tokens ARRAY<STRING> NOT NULL,labels ARRAY<STRING> NOT NULL");
    List<Row> rows = Reading.rows(read);
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).getString(0)).isEqualTo("x.conllu.gz#0000001");
    assertThat(rows.get(0).<String>getList(1)).containsExactly("do", "n't");
    assertThat(rows.get(0).<String>getList(2)).containsExactly("AUX", "PART");
    assertThat(rows.get(1).<String>getList(2)).containsExactly("VERB");
  }

  @Test
  void anotherColumnCanBeTheLabel() throws IOException {
    String path = Reading.write(folder.resolve("x.conllu"), TEXT).toString();
    Dataset<Row> read = Reading.read(Map.of("format", "conllu", "path", path, "labels", "feats"));
    assertThat(Reading.rows(read).get(0).<String>getList(2)).containsExactly("_", "Polarity=Neg");
  }

  @Test
  void anUnspecifiedTagIsRefusedWithItsPlace() throws IOException {
    String path = Reading.write(folder.resolve("x.conllu"), TEXT).toString();
    assertThatThrownBy(
            () -> Reading.read(Map.of("format", "conllu", "path", path, "labels", "xpos")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("x.conllu, sentence at line 3, word 2")
        .hasMessageContaining("column XPOS");
  }

  @Test
  void anUnknownColumnNamesTheNearest() {
    assertThatThrownBy(
            () -> Reading.read(Map.of("format", "conllu", "path", "x", "labels", "upso")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("labels")
        .hasMessageContaining("did you mean upos");
  }

  @Test
  void aWrongLineSurfacesAsAnErrorAboutTheData() throws IOException {
    String path = Reading.write(folder.resolve("x.conllu"), TEXT + "\n1\ttoo few\n").toString();
    Dataset<Row> read = Reading.read(Map.of("format", "conllu", "path", path));
    assertThatThrownBy(() -> Reading.rows(read))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("x.conllu, line 8: expected 10 columns");
  }

  @Test
  void aFileWithoutSentencesIsRefused() throws IOException {
    String path = Reading.write(folder.resolve("x.conllu"), "# nothing\n").toString();
    assertThatThrownBy(() -> Reading.read(Map.of("format", "conllu", "path", path)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected a sentence, found none");
  }

  @Test
  void englishEwtIsReadWhole() {
    Path ewt = SharedData.require("ud_ewt");
    Map<String, Long> sizes = Map.of("train", 12_544L, "dev", 2_001L, "test", 2_077L);
    sizes.forEach(
        (split, size) -> {
          String path = ewt.resolve("en_ewt-ud-" + split + ".conllu.gz").toString();
          Dataset<Row> rows = Reading.read(Map.of("format", "conllu", "path", path));
          assertThat(rows.count()).isEqualTo(size);
          assertThat(rows.where("size(tokens) != size(labels)").count()).isZero();
        });
  }
}
