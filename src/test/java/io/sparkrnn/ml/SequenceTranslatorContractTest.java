package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

class SequenceTranslatorContractTest
    extends EstimatorContract<SequenceTranslator, SequenceTranslationModel> {

  @Override
  SequenceTranslator plain() {
    return new SequenceTranslator();
  }

  @Override
  SequenceTranslator fast() {
    return new SequenceTranslator("translator")
        .setCell("gru")
        .setHiddenSizes(4)
        .setEmbeddingSizes(3)
        .setScoreCol("score")
        .setBatchSize(8)
        .setPartitions(2)
        .setMaxIter(1)
        .setBackend("java");
  }

  @Override
  SequenceTranslator oneStep() {
    return fast().setPartitions(1).setBatchSize(1000).setMaxIter(2);
  }

  /** Words and the same words from the last to the first. */
  @Override
  Dataset<Row> rows() {
    List<String> words = List.of("sun", "rain", "wind", "snow", "fog");
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      List<String> source = new ArrayList<>();
      for (int t = 0; t <= i % 4; t++) {
        source.add(words.get((3 * i + t * t) % words.size()));
      }
      List<String> target = new ArrayList<>(source);
      Collections.reverse(target);
      rows.add(RowFactory.create("r" + i, source, target));
    }
    return Frames.of(
        StructType.fromDDL("id STRING, features ARRAY<STRING>, label ARRAY<STRING>"), rows);
  }

  /**
   * Rows with a rarer word have all that are less rare, so that repeating rows keeps their order.
   */
  @Override
  Dataset<Row> rowsToWeigh() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      List<String> source = new ArrayList<>(List.of("a", "a", "a"));
      for (int k = 1; k <= 3 && i % (1 << k) == 0; k++) {
        source.add(List.of("b", "c", "d").get(k - 1));
      }
      List<String> target = new ArrayList<>(source);
      Collections.reverse(target);
      rows.add(RowFactory.create("r" + i, source, target));
    }
    return Frames.of(
        StructType.fromDDL("id STRING, features ARRAY<STRING>, label ARRAY<STRING>"), rows);
  }

  @Override
  List<String> needed() {
    return List.of("features", "label");
  }

  @Override
  Evaluator evaluator() {
    return new MeanUncertainty("score");
  }

  @Override
  ParamMap[] candidates(SequenceTranslator estimator) {
    return new ParamMap[] {
      new ParamMap().put(estimator.getParam("hiddenSizes"), new int[] {2}),
      new ParamMap().put(estimator.getParam("hiddenSizes"), new int[] {5})
    };
  }

  @Override
  double[] learnt(SequenceTranslationModel model) {
    return model.summary().objectiveHistory();
  }

  /** A sequence alone is a DataFrame of its row. */
  @Override
  void assertSingleIsBatch(SequenceTranslationModel model, Row predicted) {
    Dataset<Row> alone = rows().where("id = '" + predicted.getString(0) + "'");
    Row found = model.transform(alone).head();
    assertThat(found.<Object>getAs("prediction")).isEqualTo(predicted.<Object>getAs("prediction"));
    assertThat(found.<Double>getAs("score"))
        .isCloseTo(predicted.<Double>getAs("score"), within(1e-5));
  }

  @Override
  int jobsOfSinglePredictions() {
    return 8 * 2;
  }
}
