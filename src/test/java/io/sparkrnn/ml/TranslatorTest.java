package io.sparkrnn.ml;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.TestSpark;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.math.Backend;
import io.sparkrnn.metric.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A translator learns in Spark, keeps its bits through a folder, and scores all references. */
class TranslatorTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.IntegerType)
          .add("features", DataTypes.createArrayType(DataTypes.StringType))
          .add("label", DataTypes.createArrayType(DataTypes.StringType));

  @TempDir private Path folder;
  private static SequenceTranslationModel trained;

  /** Letters, and the same letters backward as capitals. */
  private static List<Row> backward(long seed, int count) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> source = new ArrayList<>();
      List<String> target = new ArrayList<>();
      int length = 1 + random.nextInt(4);
      for (int t = 0; t < length; t++) {
        String letter = String.valueOf((char) ('a' + random.nextInt(4)));
        source.add(letter);
        target.add(0, letter.toUpperCase(Locale.ROOT));
      }
      rows.add(row(i, source, target));
    }
    return rows;
  }

  private static Row row(int id, List<String> source, List<String> target) {
    return RowFactory.create(id, source.toArray(new String[0]), target.toArray(new String[0]));
  }

  private static Dataset<Row> frame(List<Row> rows) {
    return TestSpark.session().createDataFrame(rows, SCHEMA);
  }

  private static SequenceTranslator translator() {
    return new SequenceTranslator("translator")
        .setCell("gru")
        .setBackend(Backend.JAVA)
        .setHiddenSizes(12)
        .setBidirectional(true)
        .setEmbeddingSizes(6)
        .setLearningRate(0.02)
        .setBatchSize(16)
        .setAveragingPeriod("4")
        .setPartitions(2)
        .setMaxIter(14);
  }

  @BeforeAll
  static void train() {
    trained = translator().fit(frame(backward(1, 300)));
  }

  @Test
  void itLearnsToSayASequenceBackward() {
    Metrics metrics = trained.evaluate(frame(backward(2, 100)));
    assertThat(metrics.value("exactMatch")).isGreaterThan(0.95);
    assertThat(metrics.value("perplexity")).isLessThan(1.3);
    double[] losses = trained.summary().objectiveHistory();
    assertThat(losses[losses.length - 1]).isLessThan(0.2 * losses[0]);
  }

  @Test
  void transformAppendsTokensScoreAndHypothesesInTheOrderOfTheRows() {
    SequenceTranslationModel model = trained.copy(new ParamMap()).setBeam(3).setBest(3);
    model.setHypothesesCol("nBest");
    List<Row> rows = model.transform(frame(backward(2, 40)).coalesce(1)).collectAsList();
    assertThat(rows).hasSize(40);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      assertThat(row.<Integer>getAs("id")).isEqualTo(i);
      List<Row> best = row.getList(row.fieldIndex("nBest"));
      assertThat(best).hasSize(3);
      assertThat(row.<String>getList(row.fieldIndex("prediction")))
          .isEqualTo(best.get(0).<String>getList(0));
      assertThat(row.<Double>getAs("score")).isEqualTo(best.get(0).getDouble(1)).isNegative();
      assertThat(best.get(0).getDouble(1)).isGreaterThanOrEqualTo(best.get(1).getDouble(1));
      assertThat(best).extracting(one -> one.<String>getList(0)).doesNotHaveDuplicates();
    }
  }

  @Test
  void aModelTranslatesTheSameBitsAfterReloading() throws IOException {
    trained.write().save(folder.resolve("model").toString());
    SequenceTranslationModel read =
        SequenceTranslationModel.load(folder.resolve("model").toString());
    Dataset<Row> test = frame(backward(3, 30));
    assertThat(read.transform(test).collectAsList())
        .isEqualTo(trained.transform(test).collectAsList());
    assertThat(read.values()).isEqualTo(trained.values());
    assertThat(read.description()).isEqualTo(trained.description());
    assertThatThrownBy(
            () ->
                ModelFolder.load(
                    folder.resolve("model").toString(),
                    TestSpark.session().sparkContext().hadoopConfiguration()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("job.task = translation");
  }

  @Test
  void itIsAStageOfAPipeline() throws IOException {
    SequenceTranslator estimator = translator().setMaxIter(1);
    PipelineModel model =
        new Pipeline().setStages(new PipelineStage[] {estimator}).fit(frame(backward(1, 20)));
    model.write().save(folder.resolve("pipeline").toString());
    Dataset<Row> test = frame(backward(3, 5));
    assertThat(
            PipelineModel.load(folder.resolve("pipeline").toString())
                .transform(test)
                .collectAsList())
        .isEqualTo(model.transform(test).collectAsList());
    estimator.write().save(folder.resolve("estimator").toString());
    assertThat(SequenceTranslator.load(folder.resolve("estimator").toString()).values())
        .isEqualTo(estimator.values());
  }

  @Test
  void theOrderAndPartitionsOfTheRowsDoNotMatter() {
    List<Row> rows = backward(1, 60);
    SequenceTranslator estimator = translator().setMaxIter(2);
    float[] first = estimator.fit(frame(rows).repartition(5)).content().parameters();
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(4));
    float[] second = estimator.fit(frame(shuffled).coalesce(1)).content().parameters();
    assertThat(second).isEqualTo(first);
  }

  @Test
  void rowsOfEqualSourcesAreReferencesOfOneAnother() {
    List<Row> rows = new ArrayList<>();
    rows.add(row(0, List.of("a", "b"), List.of("B", "A")));
    rows.add(row(1, List.of("c"), List.of("A", "A", "A")));
    rows.add(row(2, List.of("c"), List.of("C")));
    rows.add(row(3, List.of("c"), List.of("B", "B")));
    Metrics metrics = trained.evaluate(frame(rows).repartition(3));
    assertThat(metrics.count()).isEqualTo(2);
    assertThat(metrics.value("exactMatch")).isEqualTo(1);
    assertThat(metrics.value("phoneErrorRate")).isZero();
  }

  @ParameterizedTest
  @CsvSource({"none,false,0", "additive,true,0.2", "multiplicative,true,0"})
  void everyFormTrainsAndScores(String attention, boolean fed, double sampling) {
    SequenceTranslationModel model =
        translator()
            .setCell("lstm")
            .setBidirectional(false)
            .setAttention(attention)
            .setInputFeeding(fed)
            .setSamplingRate(sampling)
            .setLabelSmoothing(0.1)
            .setDecoderHiddenSizes(10, 8)
            .setSharedVocabulary(attention.equals("additive"))
            .setMaxIter(3)
            .fit(frame(backward(1, 120)));
    double[] losses = model.summary().objectiveHistory();
    assertThat(losses[2]).isLessThan(losses[0]);
    assertThat(model.evaluate(frame(backward(2, 20))).value("loss")).isBetween(0.0, 2.0);
  }

  @Test
  void examplesTellTheAttentionOfEveryTokenSaid() {
    List<TranslationExample> examples =
        trained.examples(frame(backward(2, 40)).where(col("id").equalTo(7)));
    assertThat(examples).hasSize(1);
    TranslationExample example = examples.get(0);
    assertThat(example.attention()).hasSize(example.output().size() + 1);
    for (float[] weights : example.attention()) {
      assertThat(weights).hasSize(example.source().size());
      double sum = 0;
      for (float weight : weights) {
        sum += weight;
      }
      assertThat(sum).isEqualTo(1, within(1e-5));
    }
  }

  @Test
  void wrongColumnsAndSettingsAreRefusedBeforeTraining() {
    Dataset<Row> rows = frame(backward(1, 5));
    assertThatThrownBy(() -> translator().setLabelCol("id").transformSchema(rows.schema()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("columns.label");
    assertThatThrownBy(
            () ->
                translator()
                    .setAttention("none")
                    .setInputFeeding(true)
                    .transformSchema(rows.schema()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("decoder.inputFeeding");
    assertThatThrownBy(() -> translator().setBest(2).transformSchema(rows.schema()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("search.best");
    assertThatThrownBy(() -> translator().setMetric("accuracy").transformSchema(rows.schema()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("wordErrorRate");
    List<Row> withNull = List.of(RowFactory.create(1, new String[] {"a"}, new String[] {null}));
    assertThatThrownBy(() -> translator().setIdCol("id").fit(frame(withNull)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row with id 1")
        .hasMessageContaining("expected a token at step 1, found null");
  }
}
