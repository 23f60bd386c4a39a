package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.training.EpochRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ValidationTest {

  @Test
  void trainingEndsWhenTheScoreStopsImprovingAndTheBestEpochIsKept() {
    // The rows that validate say the contrary of those that train.
    Dataset<Row> rows =
        marked(Frames.sentences(40), false)
            .unionByName(
                marked(
                    Frames.sentences(20)
                        .selectExpr("id", "features", "if(label = 'wet', 'dry', 'wet') as label"),
                    true));
    SequenceClassificationModel model =
        Frames.classifier()
            .setValidationIndicatorCol("held")
            .setMaxIter(50)
            .setPatience(3)
            .fit(rows);
    int best = model.summary().bestEpoch();
    List<JsonNode> history = model.summary().historyTrees();
    assertThat(best).isBetween(1, 20);
    assertThat(history).hasSize(best + 3);
    double bestLoss = history.get(best - 1).path("validation").path("loss").asDouble();
    for (JsonNode epoch : history) {
      assertThat(epoch.path("validation").path("loss").asDouble()).isGreaterThanOrEqualTo(bestLoss);
      assertThat(epoch.path("validation").path("accuracy").isNumber()).isTrue();
    }
    SequenceClassificationModel until =
        Frames.classifier().setMaxIter(best).fit(Frames.sentences(40));
    assertThat(model.content().parameters()).isEqualTo(until.content().parameters());
    assertThat(model.summary().provenanceTree().path("validationSequences").asInt()).isEqualTo(20);
  }

  @Test
  void rowsThatValidateGiveNothingToVocabularyLabelsScalingOrSteps() {
    Dataset<Row> train = Frames.series(20);
    Dataset<Row> other =
        train.selectExpr(
            "id", "transform(features, x -> array(x[1], 5 * x[0])) as features", "label");
    SequenceRegressionModel with =
        Frames.regressor()
            .setValidationIndicatorCol("held")
            .setMetric("rmse")
            .setMaxIter(1)
            .fit(marked(train, false).unionByName(marked(other, true)));
    SequenceRegressionModel without = Frames.regressor().setMaxIter(1).fit(train);
    assertThat(with.content().parameters()).isEqualTo(without.content().parameters());
    assertThat(with.content().encoding().features().scaling().mean(0))
        .isEqualTo(without.content().encoding().features().scaling().mean(0));

    Dataset<Row> strange =
        Frames.of(
            "id STRING, features ARRAY<STRING>, label STRING",
            Frames.row("v", List.of("hail"), "unheard of"));
    SequenceClassificationModel model =
        Frames.classifier()
            .setValidationIndicatorCol("held")
            .setMetric("accuracy")
            .setMaxIter(1)
            .fit(marked(Frames.sentences(10), false).unionByName(marked(strange, true)));
    assertThat(model.labels()).containsExactly("dry", "wet");
    assertThat(model.parameter("embedding.form.E").numRows()).isEqualTo(6);
    assertThat(
            model.summary().historyTrees().get(0).path("validation").path("accuracy").asDouble(-1))
        .isZero();
  }

  @Test
  void aNullMarkMeansTraining() {
    Dataset<Row> rows =
        marked(Frames.sentences(10), false)
            .unionByName(Frames.sentences(4).selectExpr("*", "cast(null as boolean) as held"))
            .unionByName(marked(Frames.sentences(3), true));
    SequenceClassificationModel model =
        Frames.classifier().setValidationIndicatorCol("held").setMaxIter(1).fit(rows);
    assertThat(model.summary().provenanceTree().path("sequences").asInt()).isEqualTo(14);
    assertThat(model.summary().provenanceTree().path("validationSequences").asInt()).isEqualTo(3);
  }

  @Test
  void patienceWithoutValidationIsRefused() {
    assertThatThrownBy(() -> Frames.classifier().setPatience(2).fit(Frames.sentences(4)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("training.patience")
        .hasMessageContaining("columns.validationIndicator");
  }

  @Test
  void aListenerHearsEveryEpochAsItEnds() {
    List<EpochRecord> heard = new ArrayList<>();
    SequenceClassificationModel model =
        Frames.classifier().setMaxIter(3).setListener(heard::add).fit(Frames.sentences(10));
    assertThat(heard).extracting(EpochRecord::epoch).containsExactly(1, 2, 3);
    assertThat(heard).extracting(EpochRecord::epochs).containsOnly(3);
    assertThat(model.summary().objectiveHistory())
        .containsExactly(heard.stream().mapToDouble(EpochRecord::loss).toArray());
  }

  @Test
  void noEpochLeavesTheParametersOfTheStart() {
    SequenceClassificationModel model = Frames.classifier().setMaxIter(0).fit(Frames.sentences(10));
    assertThat(model.summary().bestEpoch()).isZero();
    assertThat(model.summary().historyTrees()).isEmpty();
    assertThat(model.transform(Frames.sentences(10)).collectAsList()).hasSize(10);
  }

  private static Dataset<Row> marked(Dataset<Row> rows, boolean held) {
    return rows.selectExpr("*", held + " as held");
  }
}
