package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

class SequenceRegressorContractTest
    extends SequenceEstimatorContract<SequenceRegressor, SequenceRegressionModel> {

  @Override
  SequenceRegressor plain() {
    return new SequenceRegressor();
  }

  @Override
  SequenceRegressor fast() {
    return Frames.fast(new SequenceRegressor("regressor"));
  }

  @Override
  Dataset<Row> rows() {
    return Frames.series(ROWS);
  }

  @Override
  Evaluator evaluator() {
    return new SequenceEvaluator().setMetricName("rmse");
  }

  @Override
  SequenceRegressor oneStep() {
    return super.oneStep().setLearningRate(0.05);
  }

  @Override
  void assertSingleIsBatch(SequenceRegressionModel model, Row predicted) {
    List<double[]> steps =
        predicted.<scala.collection.Seq<Double>>getList(1).stream()
            .map(step -> flat(List.copyOf(CollectionConverters.asJava(step))))
            .toList();
    double[] batch = flat(predicted.getList(3));
    double[][] alone = model.predict(steps.stream().map(Vectors::dense).toList());
    assertThat(Arrays.stream(alone).mapToDouble(step -> step[0]).toArray())
        .containsExactly(batch, within(1e-6));
  }
}
