package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

class SequenceLabelerContractTest
    extends SequenceEstimatorContract<SequenceLabeler, SequenceLabelingModel> {

  @Override
  SequenceLabeler plain() {
    return new SequenceLabeler();
  }

  @Override
  SequenceLabeler fast() {
    return Frames.fast(new SequenceLabeler("labeler"));
  }

  @Override
  Dataset<Row> rows() {
    return Frames.tagged(ROWS);
  }

  @Override
  Dataset<Row> rowsToWeigh() {
    return Frames.series(ROWS)
        .selectExpr(
            "id", "features", "transform(features, x -> if(x[0] > 0, 'up', 'down')) as label");
  }

  @Override
  void assertSingleIsBatch(SequenceLabelingModel model, Row predicted) {
    List<String> words = predicted.getList(1);
    assertThat(model.predict(words)).isEqualTo(predicted.getList(3));
    List<Vector> probabilities = predicted.getList(4);
    List<Vector> alone = model.predictProbability(words);
    assertThat(alone).hasSameSizeAs(probabilities);
    for (int t = 0; t < alone.size(); t++) {
      assertThat(alone.get(t).toArray())
          .containsExactly(probabilities.get(t).toArray(), within(1e-6));
    }
  }
}
