package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

class LanguageModelerContractTest extends EstimatorContract<LanguageModeler, LanguageModel> {

  @Override
  LanguageModeler plain() {
    return new LanguageModeler();
  }

  @Override
  LanguageModeler fast() {
    return new LanguageModeler("modeler")
        .setHiddenSizes(4)
        .setEmbeddingSize(3)
        .setSegment(6)
        .setBatchSize(6)
        .setPartitions(2)
        .setMaxIter(1)
        .setBackend("java");
  }

  @Override
  LanguageModeler oneStep() {
    return fast().setMaxIter(2);
  }

  @Override
  Dataset<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      rows.add(RowFactory.create("r" + i, "login of user " + i * 7 % 10));
    }
    return Frames.of(StructType.fromDDL("id STRING, features STRING"), rows);
  }

  @Override
  List<String> needed() {
    return List.of("features");
  }

  @Override
  Evaluator evaluator() {
    return new MeanUncertainty("perplexity");
  }

  @Override
  ParamMap[] candidates(LanguageModeler estimator) {
    return new ParamMap[] {
      new ParamMap().put(estimator.getParam("hiddenSizes"), new int[] {2}),
      new ParamMap().put(estimator.getParam("hiddenSizes"), new int[] {5})
    };
  }

  @Override
  double[] learnt(LanguageModel model) {
    return model.summary().objectiveHistory();
  }

  /** A text alone is a DataFrame of its row. */
  @Override
  void assertSingleIsBatch(LanguageModel model, Row predicted) {
    Dataset<Row> alone = rows().where("id = '" + predicted.getString(0) + "'");
    Row found = model.transform(alone).head();
    assertThat(found.<Double>getAs("logProbability"))
        .isCloseTo(predicted.<Double>getAs("logProbability"), within(1e-5));
    assertThat(found.<Double>getAs("perplexity"))
        .isCloseTo(predicted.<Double>getAs("perplexity"), within(1e-5));
  }

  @Override
  int jobsOfSinglePredictions() {
    return 8 * 2;
  }
}
