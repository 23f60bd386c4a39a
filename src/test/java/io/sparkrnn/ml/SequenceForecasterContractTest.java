package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

class SequenceForecasterContractTest
    extends EstimatorContract<SequenceForecaster, SequenceForecastModel> {

  @Override
  SequenceForecaster plain() {
    return new SequenceForecaster();
  }

  @Override
  SequenceForecaster fast() {
    return LongFrames.forecaster();
  }

  /** Six series, so that each fold has some. */
  @Override
  Dataset<Row> rows() {
    return LongFrames.of(LongFrames.rows(6, 60, (s, t) -> s + Math.sin(0.7 * t + s)));
  }

  @Override
  List<String> needed() {
    return List.of("id", "time", "value");
  }

  @Override
  Evaluator evaluator() {
    return new MeanUncertainty("width");
  }

  @Override
  ParamMap[] candidates(SequenceForecaster estimator) {
    return new ParamMap[] {
      new ParamMap().put(estimator.getParam("hiddenSizes"), new int[] {2}),
      new ParamMap().put(estimator.getParam("hiddenSizes"), new int[] {5})
    };
  }

  @Override
  boolean handsColumnsOn() {
    return false;
  }

  /** A series alone is a DataFrame of its rows. */
  @Override
  void assertSingleIsBatch(SequenceForecastModel model, Row forecast) {
    Dataset<Row> alone = rows().where("id = '" + forecast.getString(0) + "'");
    assertThat(lines(model.transform(alone).where("step = " + forecast.getInt(2))))
        .containsExactly(Frames.text(forecast));
  }

  @Override
  int jobsOfSinglePredictions() {
    return 8 * 4;
  }
}
