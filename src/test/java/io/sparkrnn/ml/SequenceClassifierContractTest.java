package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class SequenceClassifierContractTest
    extends SequenceEstimatorContract<SequenceClassifier, SequenceClassificationModel> {

  @Override
  SequenceClassifier plain() {
    return new SequenceClassifier();
  }

  @Override
  SequenceClassifier fast() {
    return Frames.fast(new SequenceClassifier("classifier"));
  }

  @Override
  Dataset<Row> rows() {
    return Frames.sentences(ROWS);
  }

  @Override
  Dataset<Row> rowsToWeigh() {
    return Frames.series(ROWS)
        .selectExpr("id", "features", "if(right(id, 1) % 2 = 1, 'odd', 'even') as label");
  }

  @Override
  void assertSingleIsBatch(SequenceClassificationModel model, Row predicted) {
    List<String> words = predicted.getList(1);
    assertThat(model.predict(words)).isEqualTo(predicted.getAs("prediction"));
    assertThat(model.predictProbability(words).toArray())
        .containsExactly(predicted.<Vector>getAs("probability").toArray(), within(1e-6));
  }

  @Test
  void balancedClassesCountTheWeightsOfRows() {
    Dataset<Row> times = rowsToWeigh().selectExpr("*", "if(label = 'odd', 2, 1) as w");
    Dataset<Row> repeated = times.unionAll(times.where("w = 2"));
    assertThat(learnt(oneStep().setClassWeights("balanced").setWeightCol("w").fit(times)))
        .containsExactly(learnt(oneStep().setClassWeights("balanced").fit(repeated)), within(2e-6));
  }

  @Test
  void aSequenceOfAnyFormIsTakenAloneAndAWrongOneRefusedAsARowWouldBe() {
    SequenceClassificationModel numbers =
        fast().fit(Frames.series(12).selectExpr("id", "features", "if(id < 's2', 'a', 'b') label"));
    Vector expected = numbers.predictProbability(List.of(List.of(0.5, 101.0), List.of(-0.5, 99.0)));
    assertThat(
            numbers.predictProbability(List.of(Vectors.dense(0.5, 101), Vectors.dense(-0.5, 99))))
        .isEqualTo(expected);
    assertThat(
            numbers.predictProbability(List.of(new double[] {0.5, 101}, new double[] {-0.5, 99})))
        .isEqualTo(expected);
    assertThatThrownBy(() -> numbers.predict(List.of(List.of(1.0))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected 2 values a step as in training, found 1");
    assertThatThrownBy(() -> numbers.predict(List.of(List.of(1.0, Double.NaN))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> numbers.predict(List.of()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("empty sequence");
    assertThatThrownBy(() -> numbers.predict(List.of("rain")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("numbers, not tokens");
    assertThatThrownBy(() -> numbers.predict(List.of(List.of(1.0, 2.0), "rain")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("one kind");
  }
}
