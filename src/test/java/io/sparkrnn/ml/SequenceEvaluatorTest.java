package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Scores of sequences are those of Spark's own evaluators on their steps, one a row. */
class SequenceEvaluatorTest {

  private static Dataset<Row> labels() {
    return Frames.of(
        "label ARRAY<STRING>, prediction ARRAY<STRING>",
        Frames.row(List.of("1.0", "0.0", "2.0"), List.of("1.0", "1.0", "2.0")),
        Frames.row(java.util.Arrays.asList("0.0", null), List.of("0.0", "2.0")),
        Frames.row(List.of("2.0", "2.0", "1.0", "0.0"), List.of("2.0", "0.0", "0.0", "0.0")));
  }

  private static Dataset<Row> values() {
    return Frames.of(
        "label ARRAY<DOUBLE>, prediction ARRAY<DOUBLE>",
        Frames.row(List.of(1.0, -2.5), List.of(1.5, -2.0)),
        Frames.row(List.of(Double.NaN, 4.0, 0.25), List.of(9.0, 3.0, 0.0)));
  }

  @Test
  void labelsOfStepsScoreAsSparksEvaluatorScoresTheStepsOneByOne() {
    Dataset<Row> steps =
        labels()
            .selectExpr("explode(arrays_zip(label, prediction)) as step")
            .where("step.label is not null")
            .selectExpr(
                "cast(step.label as double) label", "cast(step.prediction as double) prediction");
    Map.of("accuracy", "accuracy", "weightedF1", "f1")
        .forEach(
            (ours, theirs) -> {
              double expected =
                  new MulticlassClassificationEvaluator().setMetricName(theirs).evaluate(steps);
              SequenceEvaluator evaluator = new SequenceEvaluator().setMetricName(ours);
              assertThat(evaluator.evaluate(labels())).isCloseTo(expected, within(1e-12));
              assertThat(evaluator.evaluate(steps)).isCloseTo(expected, within(1e-12));
              assertThat(evaluator.isLargerBetter()).isTrue();
            });
  }

  @Test
  void valuesOfStepsScoreAsSparksEvaluatorScoresTheStepsOneByOne() {
    Dataset<Row> steps =
        values()
            .selectExpr("explode(arrays_zip(label, prediction)) as step")
            .where("not isnan(step.label)")
            .selectExpr("step.label", "step.prediction");
    for (String name : List.of("rmse", "mae", "r2", "mse")) {
      double expected = new RegressionEvaluator().setMetricName(name).evaluate(steps);
      SequenceEvaluator evaluator = new SequenceEvaluator().setMetricName(name);
      assertThat(evaluator.evaluate(values())).isCloseTo(expected, within(1e-12));
      assertThat(evaluator.evaluate(values().repartition(5))).isCloseTo(expected, within(1e-12));
      assertThat(evaluator.isLargerBetter()).isEqualTo(name.equals("r2"));
    }
  }

  @Test
  void whatCannotBeScoredIsTold() {
    assertThatThrownBy(() -> new SequenceEvaluator().evaluate(labels().drop("prediction")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("columns.prediction: there is no column prediction");
    assertThatThrownBy(
            () ->
                new SequenceEvaluator()
                    .evaluate(labels().selectExpr("label", "prediction[0] as prediction")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("arrays of them in both, found label array<string>");
    assertThatThrownBy(() -> new SequenceEvaluator().evaluate(labels().where("false")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no target");
    assertThatThrownBy(
            () ->
                new SequenceEvaluator()
                    .evaluate(
                        labels().selectExpr("label", "cast(null as array<string>) prediction")))
        .rootCause()
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a row has no prediction");
    assertThatThrownBy(
            () ->
                new SequenceEvaluator()
                    .evaluate(labels().selectExpr("label", "slice(prediction, 1, 1) prediction")))
        .rootCause()
        .hasMessageContaining("as many predictions as targets");
  }

  @Test
  void aCopyTakesAnotherMetric() {
    SequenceEvaluator evaluator = new SequenceEvaluator("mine").setLabelCol("truth");
    ParamMap extra = new ParamMap().put(evaluator.getParam("metricName"), "rmse");
    SequenceEvaluator copy = evaluator.copy(extra);
    assertThat(copy.uid()).isEqualTo("mine");
    assertThat(copy.isLargerBetter()).isFalse();
    assertThat(copy.values().get(ColumnSettings.LABEL)).isEqualTo("truth");
    assertThat(evaluator.isLargerBetter()).isTrue();
  }
}
