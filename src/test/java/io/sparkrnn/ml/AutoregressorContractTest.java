package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

class AutoregressorContractTest extends EstimatorContract<Autoregressor, AutoregressorModel> {

  @Override
  Autoregressor plain() {
    return new Autoregressor();
  }

  @Override
  Autoregressor fast() {
    return new Autoregressor("autoregressor")
        .setIdCol("id")
        .setTargetCol("values")
        .setScope("all")
        .setOrder(2)
        .setHorizon(2)
        .setPartitions(2);
  }

  @Override
  Dataset<Row> rows() {
    List<Row> rows =
        java.util.stream.IntStream.range(0, 8)
            .mapToObj(
                s ->
                    RowFactory.create(
                        "s" + s,
                        java.util.stream.IntStream.range(0, 40)
                            .mapToObj(t -> s + Math.sin(0.7 * t + s) + 0.1 * Math.cos(9.1 * t * s))
                            .toArray()))
            .toList();
    return Frames.of(StructType.fromDDL("id STRING, values ARRAY<DOUBLE>"), rows);
  }

  @Override
  List<String> needed() {
    return List.of("id", "values");
  }

  @Override
  Evaluator evaluator() {
    return new SequenceEvaluator()
        .setLabelCol("forecast")
        .setPredictionCol("lower")
        .setMetricName("mae");
  }

  @Override
  ParamMap[] candidates(Autoregressor estimator) {
    return new ParamMap[] {
      new ParamMap().put(estimator.getParam("order"), 1),
      new ParamMap().put(estimator.getParam("order"), 3)
    };
  }

  @Override
  void assertSingleIsBatch(AutoregressorModel model, Row predicted) {
    double[] history = doubles(predicted.getList(1));
    assertThat(model.of("all").forecast(history, 2).mean())
        .containsExactly(doubles(predicted.getList(2)), within(1e-12));
  }

  /** The coefficients of a series lie in a DataFrame. */
  @Override
  int jobsOfSinglePredictions() {
    return 8 * 2;
  }

  @Override
  void release(AutoregressorModel model) {
    model.release();
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
