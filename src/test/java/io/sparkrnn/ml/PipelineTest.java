package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.TestSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.Tokenizer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {

  @TempDir private Path folder;

  @Test
  void textGoesThroughSparksStagesAndBackFromDiskToTheBit() throws IOException {
    Dataset<Row> texts = texts();
    SequenceClassifier classifier =
        Frames.classifier().setFeaturesCol("words").setLabelCol("weather");
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new Tokenizer().setInputCol("text").setOutputCol("words"),
                  new StringIndexer().setInputCol("said").setOutputCol("weather"),
                  classifier
                });
    pipeline.write().save(folder.resolve("pipeline").toString());
    Pipeline read = Pipeline.load(folder.resolve("pipeline").toString());

    PipelineModel model = read.fit(texts);
    Dataset<Row> predicted = model.transform(texts);

    assertThat(predicted.schema().apply("prediction").dataType()).isEqualTo(DataTypes.DoubleType);
    assertThat(predicted.columns())
        .containsExactly("id", "text", "said", "words", "weather", "prediction", "probability");
    assertThat(predicted.select("prediction").distinct().collectAsList())
        .extracting(row -> row.getDouble(0))
        .isSubsetOf(0.0, 1.0);
    model.write().save(folder.resolve("model").toString());
    PipelineModel reloaded = PipelineModel.load(folder.resolve("model").toString());
    assertThat(reloaded.stages()[2]).isInstanceOf(SequenceClassificationModel.class);
    assertThat(Frames.texts(reloaded.transform(texts), "id"))
        .isEqualTo(Frames.texts(predicted, "id"));
  }

  @Test
  void crossValidationTriesEveryCandidateOnEveryFoldAndKeepsTheBest() {
    SequenceClassifier classifier = Frames.classifier();
    CrossValidator validator =
        new CrossValidator()
            .setEstimator(classifier)
            .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
            .setEstimatorParamMaps(candidates(classifier))
            .setNumFolds(2)
            .setCollectSubModels(true)
            .setParallelism(1)
            .setSeed(3);

    CrossValidatorModel found = validator.fit(numeric());

    assertThat(found.avgMetrics()).hasSize(2);
    assertThat(found.subModels()).hasDimensions(2, 2);
    assertThat(found.avgMetrics()[1]).isGreaterThan(found.avgMetrics()[0]);
    SequenceClassificationModel best = (SequenceClassificationModel) found.bestModel();
    assertThat(best.values().toMap()).containsEntry("network.hiddenSizes", List.of(6));
    assertThat(best.values().toMap()).containsEntry("optimizer.learningRate", 0.1);
    SequenceClassificationModel sub = (SequenceClassificationModel) found.subModels()[0][0];
    assertThat(sub.values().toMap()).containsEntry("network.hiddenSizes", List.of(1));
    assertThat(found.transform(numeric()).columns()).endsWith("prediction", "probability");
  }

  @Test
  void aHeldOutShareChoosesAmongCandidates() throws IOException {
    SequenceClassifier classifier = Frames.classifier();
    TrainValidationSplit split =
        new TrainValidationSplit()
            .setEstimator(classifier)
            .setEvaluator(new MulticlassClassificationEvaluator())
            .setEstimatorParamMaps(candidates(classifier))
            .setTrainRatio(0.7)
            .setSeed(3);

    TrainValidationSplitModel found = split.fit(numeric());

    assertThat(found.validationMetrics()).hasSize(2);
    found.write().save(folder.resolve("split").toString());
    TrainValidationSplitModel read =
        TrainValidationSplitModel.load(folder.resolve("split").toString());
    assertThat(Frames.texts(read.transform(numeric()), "id"))
        .isEqualTo(Frames.texts(found.transform(numeric()), "id"));
  }

  /** A network that cannot learn in two epochs, and one that can. */
  private static ParamMap[] candidates(SequenceClassifier classifier) {
    ParamMap poor = new ParamMap();
    poor.put(classifier.getParam("hiddenSizes"), new int[] {1});
    poor.put(classifier.getParam("learningRate"), 1e-9);
    ParamMap good = new ParamMap();
    good.put(classifier.getParam("hiddenSizes"), new int[] {6});
    good.put(classifier.getParam("learningRate"), 0.1);
    return new ParamMap[] {poor, good};
  }

  /** Class 1 where "rain" stands first, else 0, each in half of the rows. */
  private static Dataset<Row> numeric() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      List<String> words = new ArrayList<>(Collections.nCopies(1 + i % 3, "wind"));
      words.add(i % 2 == 0 ? "rain" : "sun");
      rows.add(RowFactory.create(i, words, (double) (1 - i % 2)));
    }
    return Frames.of(StructType.fromDDL("id INT, features ARRAY<STRING>, label DOUBLE"), rows);
  }

  private static Dataset<Row> texts() {
    return TestSpark.session()
        .createDataFrame(
            Frames.sentences(30).collectAsList().stream()
                .map(
                    row ->
                        RowFactory.create(
                            row.get(0),
                            String.join(" ", row.getList(1).toArray(String[]::new)),
                            row.get(2)))
                .toList(),
            StructType.fromDDL("id STRING, text STRING, said STRING"));
  }
}
