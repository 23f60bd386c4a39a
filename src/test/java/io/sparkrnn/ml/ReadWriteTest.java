package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.TestSpark;
import io.sparkrnn.error.DataException;
import io.sparkrnn.optimizer.OptimizerSettings;
import io.sparkrnn.training.AveragingSettings;
import io.sparkrnn.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadWriteTest {

  @TempDir private Path folder;

  @Test
  void anEstimatorComesBackWithEveryKindOfSetting() throws IOException {
    SequenceClassifier written =
        new SequenceClassifier("mine")
            .setHiddenSizes(3, 5)
            .setBidirectional(true)
            .setTokenViews("form", "suffix2")
            .setEmbeddingSizes(8, 4)
            .setClassWeights("1.5", "2")
            .setLearningRate(0.125)
            .setSeed(1L << 40)
            .setStandardize(false)
            .setAveragingPeriod("7");
    written.write().save(path("estimator"));
    SequenceClassifier read = SequenceClassifier.load(path("estimator"));
    assertThat(read.uid()).isEqualTo("mine");
    assertThat(read.values()).isEqualTo(written.values());
    assertThat(read.values().get(TrainingSettings.SEED)).isEqualTo(1L << 40);
    assertThat(read.values().get(TrainingSettings.CLASS_WEIGHTS)).containsExactly("1.5", "2");
    assertThat(read.values().get(AveragingSettings.PERIOD)).isEqualTo("7");
    assertThat(read.isSet(read.getParam("learningRate"))).isTrue();
    assertThat(read.isSet(read.getParam("clipNorm"))).isFalse();
  }

  @Test
  void theOtherEstimatorsComeBackToo() throws IOException {
    SequenceLabeler labeler = Frames.labeler().setProbabilityCol("p");
    labeler.write().save(path("labeler"));
    assertThat(SequenceLabeler.load(path("labeler")).values()).isEqualTo(labeler.values());
    SequenceRegressor regressor = Frames.regressor().set(OptimizerSettings.BETA2, 0.99);
    regressor.write().save(path("regressor"));
    assertThat(SequenceRegressor.load(path("regressor")).values()).isEqualTo(regressor.values());
  }

  @Test
  void aClassifierPredictsTheSameBitsAfterReloading() throws IOException {
    assertSameAfterReloading(Frames.classifier().fit(Frames.sentences(20)), Frames.sentences(30));
  }

  @Test
  void aLabelerPredictsTheSameBitsAfterReloading() throws IOException {
    SequenceLabeler labeler =
        Frames.labeler().setTokenViews("form", "suffix1").setBidirectional(true);
    assertSameAfterReloading(labeler.fit(Frames.tagged(20)), Frames.tagged(30));
  }

  @Test
  void aModelWithWordsSeenOnceComesBack() throws IOException {
    Dataset<Row> rows =
        Frames.of(
            "id STRING, features ARRAY<STRING>, label STRING",
            Frames.row("a", List.of("rain", "rain", "hail"), "wet"),
            Frames.row("b", List.of("sun", "sun"), "dry"));
    SequenceClassificationModel model = Frames.classifier().fit(rows);
    assertThat(model.content().encoding().features().vocabularies().get(0).rareFrom()).isEqualTo(3);
    assertSameAfterReloading(model, rows);
  }

  @Test
  void aRegressorPredictsTheSameBitsAfterReloading() throws IOException {
    assertSameAfterReloading(Frames.regressor().fit(Frames.series(20)), Frames.series(30));
  }

  private void assertSameAfterReloading(SequenceModel<?> model, Dataset<Row> rows)
      throws IOException {
    model.write().save(path("model"));
    SequenceModel<?> read =
        ModelFolder.load(path("model"), TestSpark.session().sparkContext().hadoopConfiguration());
    assertThat(read).hasSameClassAs(model);
    assertThat(read.uid()).isEqualTo(model.uid());
    assertThat(read.values()).isEqualTo(model.values());
    assertThat(read.labels()).isEqualTo(model.labels());
    assertThat(read.description()).isEqualTo(model.description());
    assertThat(read.content().parameters()).isEqualTo(model.content().parameters());
    assertThat(read.summary()).isEqualTo(model.summary());
    assertThat(Frames.texts(read.transform(rows), "id"))
        .isEqualTo(Frames.texts(model.transform(rows), "id"));
    assertThat(read.evaluate(rows).values()).isEqualTo(model.evaluate(rows).values());
  }

  @Test
  void historyAndProvenanceSayHowTheModelCameAbout() throws IOException {
    SequenceClassificationModel model = Frames.classifier().setMaxIter(3).fit(Frames.sentences(20));
    model.write().save(path("model"));
    TrainingSummary read = SequenceClassificationModel.load(path("model")).summary();
    assertThat(Files.readAllLines(folder.resolve("model/history.jsonl"))).hasSize(3);
    assertThat(read.objectiveHistory()).hasSize(3).doesNotContain(Double.NaN);
    assertThat(read.bestEpoch()).isEqualTo(3);
    JsonNode last = read.historyTrees().get(2);
    assertThat(last.path("epoch").asInt()).isEqualTo(3);
    assertThat(last.path("rounds").asInt()).isEqualTo(1);
    assertThat(last.path("learningRate").asDouble()).isEqualTo(0.05);
    JsonNode provenance = read.provenanceTree();
    assertThat(provenance.path("seed").asLong()).isEqualTo(5);
    assertThat(provenance.path("partitions").asInt()).isEqualTo(2);
    assertThat(provenance.path("sequences").asInt()).isEqualTo(20);
    assertThat(provenance.path("parameters").asInt())
        .isEqualTo(model.content().parameters().length);
    assertThat(provenance.path("versions").path("backend").asText()).isEqualTo("java");
    assertThat(provenance.path("versions").path("spark").asText())
        .isEqualTo(TestSpark.session().version());
  }

  @Test
  void parametersHaveNamesAndShapes() {
    SequenceClassificationModel model = Frames.classifier().fit(Frames.sentences(20));
    assertThat(model.parameterNames()).contains("embedding.form.E", "encoder.0.W", "head.0.W");
    // Five words and the unknown one, an embedding of width 3, four gates of four units.
    assertThat(model.parameter("embedding.form.E").numRows()).isEqualTo(6);
    assertThat(model.parameter("encoder.0.W").numRows()).isEqualTo(16);
    assertThat(model.parameter("encoder.0.W").numCols()).isEqualTo(3);
    float first = model.content().parameters()[1];
    assertThat(model.parameter(model.parameterNames().get(0)).apply(0, 1)).isEqualTo(first);
  }

  @Test
  void anExistingFolderIsRefusedAndReplacedOnlyOnDemand() throws IOException {
    SequenceClassificationModel old = Frames.classifier().setMaxIter(1).fit(Frames.sentences(10));
    SequenceClassificationModel young = old.copy(new ParamMap());
    old.write().save(path("model"));
    Files.writeString(folder.resolve("model/only-old.txt"), "old");
    assertThatThrownBy(() -> young.write().save(path("model")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("model exists")
        .hasMessageContaining("overwrite");
    assertThat(folder.resolve("model/only-old.txt")).exists();
    young.write().overwrite().save(path("model"));
    assertThat(folder.resolve("model/only-old.txt")).doesNotExist();
    assertThat(SequenceClassificationModel.load(path("model")).labels()).isEqualTo(old.labels());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).extracting(file -> file.getFileName().toString()).containsExactly("model");
    }
  }

  @Test
  void aFailedWritingLeavesNothingBehind() throws IOException {
    SequenceClassificationModel model = Frames.classifier().setMaxIter(1).fit(Frames.sentences(10));
    Files.writeString(folder.resolve("file"), "no folder");
    assertThatThrownBy(() -> model.write().save(path("file/model"))).isInstanceOf(Exception.class);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).extracting(file -> file.getFileName().toString()).containsExactly("file");
    }
  }

  @Test
  void aModelFolderHoldsTheFilesItsReadersKnow() throws IOException {
    Frames.classifier().fit(Frames.sentences(10)).write().save(path("model"));
    try (Stream<Path> files = Files.list(folder.resolve("model"))) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.endsWith(".crc"))
              .toList();
      assertThat(names)
          .containsExactlyInAnyOrder(
              "metadata",
              ModelFolder.NETWORK,
              ModelFolder.PARAMETERS,
              ModelFolder.ENCODING,
              ModelFolder.HISTORY,
              ModelFolder.PROVENANCE);
    }
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
