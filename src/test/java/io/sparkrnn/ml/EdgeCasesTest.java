package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.TestSpark;
import io.sparkrnn.cell.PeepholeLstmCell;
import io.sparkrnn.cell.RecurrentCell;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DivergenceException;
import io.sparkrnn.optimizer.OptimizerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeCasesTest {

  @TempDir private Path folder;

  @Test
  void oneSequenceAndEightPartitions() {
    Dataset<Row> one =
        Frames.of(
            "features ARRAY<STRING>, label ARRAY<STRING>",
            Frames.row(List.of("a", "b", "a"), List.of("x", "y", "x")));
    SequenceLabelingModel model = Frames.labeler().setPartitions(8).setMaxIter(20).fit(one);
    assertThat(model.summary().provenanceTree().path("partitions").asInt()).isEqualTo(8);
    assertThat(model.evaluate(one).value("accuracy")).isEqualTo(1);
    // The other shards have nothing to say, so that the one decides alone.
    assertThat(model.content().parameters()).doesNotContain(Float.NaN);
    Dataset<Row> series = Frames.series(6).filter("id = 's5'");
    assertThat(Frames.regressor().setPartitions(8).fit(series).evaluate(series).value("rmse"))
        .isFinite();
  }

  @Test
  void aSequenceOfOneStepBesideOneOfFiveThousand() {
    Random random = new Random(1);
    List<Double> longOne = new ArrayList<>();
    for (int t = 0; t < 5000; t++) {
      longOne.add(random.nextGaussian());
    }
    Dataset<Row> rows =
        Frames.of(
            "id INT, features ARRAY<DOUBLE>, label STRING",
            Frames.row(1, List.of(0.5), "short"),
            Frames.row(2, longOne, "long"));
    for (int partitions : new int[] {1, 2}) {
      SequenceClassificationModel model =
          Frames.classifier().setPartitions(partitions).setReadout("mean").fit(rows);
      for (Row row : model.transform(rows).collectAsList()) {
        Vector probability = row.getAs("probability");
        assertThat(probability.apply(0)).isStrictlyBetween(0.0, 1.0);
      }
    }
  }

  @Test
  void defaultPartitionsAreTheClustersParallelism() {
    SequenceClassificationModel model =
        Frames.classifier().setPartitions(0).setMaxIter(1).fit(Frames.sentences(8));
    assertThat(model.summary().provenanceTree().path("partitions").asInt()).isEqualTo(2);
  }

  @Test
  void moreClassesAndLongerListsThanAnyoneThoughtOf() {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      rows.add(Frames.row(List.of("w" + i), "class " + i));
    }
    Dataset<Row> many =
        Frames.of("features ARRAY<STRING>, label STRING", rows.toArray(Object[][]::new));
    SequenceClassificationModel model = Frames.classifier().setMaxIter(1).fit(many);
    assertThat(model.labels()).hasSize(300);
    assertThat(((Vector) model.transform(many).first().getAs("probability")).size()).isEqualTo(300);
  }

  @Test
  void tokensMayHoldAnyCharacters() throws Exception {
    List<String> odd = List.of("", " ", "\n", "<unknown>", "\"}", "😀👍", "é", "\u0000");
    Dataset<Row> rows =
        Frames.of(
            "id INT, features ARRAY<STRING>, label STRING",
            Frames.row(1, odd, "\t"),
            Frames.row(2, List.of("Éa", "😀b"), ""));
    SequenceClassificationModel model =
        Frames.classifier().setTokenViews("form", "lower", "shape", "prefix1", "suffix1").fit(rows);
    model.write().save(folder.resolve("model").toString());
    SequenceClassificationModel read =
        SequenceClassificationModel.load(folder.resolve("model").toString());
    assertThat(read.content().encoding().features().vocabularies().get(0).knownTerms())
        .containsExactlyInAnyOrder(
            "", " ", "\n", "<unknown>", "\"}", "😀👍", "é", "\u0000", "Éa", "😀b");
    assertThat(Frames.texts(read.transform(rows), "id"))
        .isEqualTo(Frames.texts(model.transform(rows), "id"));
  }

  @Test
  void aCellOfTheUsersOwnTrainsAndIsReadBack() throws Exception {
    SequenceClassifier classifier = Frames.classifier().setCell(PeepholeLstmCell.class.getName());
    SequenceClassificationModel model = classifier.fit(Frames.sentences(20));
    assertThat(model.parameterNames()).anyMatch(name -> name.endsWith("P"));
    model.write().save(folder.resolve("model").toString());
    Configuration hadoop = TestSpark.session().sparkContext().hadoopConfiguration();
    AllowedCells.allow(hadoop, PeepholeLstmCell.class.getName());
    SequenceClassificationModel read =
        SequenceClassificationModel.load(folder.resolve("model").toString());
    hadoop.unset(AllowedCells.PROPERTY);
    assertThat(Frames.texts(read.transform(Frames.sentences(20)), "id"))
        .isEqualTo(Frames.texts(model.transform(Frames.sentences(20)), "id"));
  }

  @Test
  void aClassThatIsNoCellIsRefusedByName() {
    assertThatThrownBy(
            () -> Frames.classifier().setCell(NoSize.class.getName()).fit(Frames.sentences(4)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("network.cell")
        .hasMessageContaining(NoSize.class.getName())
        .hasMessageContaining("constructor of one int");
  }

  /** Has a hidden size that nobody can choose. */
  public abstract static class NoSize implements RecurrentCell {
    /** No size. */
    protected NoSize() {}
  }

  @Test
  void divergenceIsToldWithItsRemedy() {
    Dataset<Row> rows = Frames.series(12);
    assertThatThrownBy(
            () ->
                Frames.regressor()
                    .setCell("none")
                    .setOptimizer("sgd")
                    .set(OptimizerSettings.CLIP_NORM, 0)
                    .setLearningRate(1e30)
                    .setMaxIter(20)
                    .fit(rows))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("epoch")
        .hasMessageContaining("optimizer.learningRate");
  }
}
