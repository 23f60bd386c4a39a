package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.error.ConfigurationException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class WeightsTest {

  private static final String SCHEMA = "features ARRAY<STRING>, label STRING, w DOUBLE";

  @Test
  void aRowOfWeightTwoCountsAsTwoRowsAndOneOfWeightZeroAsNone() {
    Dataset<Row> weighted =
        Frames.of(
            SCHEMA,
            Frames.row(List.of("a", "b"), "x", 2.0),
            Frames.row(List.of("b"), "y", 1.0),
            Frames.row(List.of("b", "a", "a"), "y", 1.0),
            Frames.row(List.of("a"), "y", 0.0));
    Dataset<Row> repeated =
        Frames.of(
            SCHEMA,
            Frames.row(List.of("a", "b"), "x", 1.0),
            Frames.row(List.of("a", "b"), "x", 1.0),
            Frames.row(List.of("b"), "y", 1.0),
            Frames.row(List.of("b", "a", "a"), "y", 1.0));
    float[] once = oneBatch().setWeightCol("w").fit(weighted).content().parameters();
    float[] twice = oneBatch().setWeightCol("w").fit(repeated).content().parameters();
    assertThat(once).containsExactly(twice, within(2e-6f));
    assertThat(oneBatch().fit(weighted).content().parameters()).isNotEqualTo(once);
  }

  /** All rows in one mini-batch of plain gradient descent. */
  private static SequenceClassifier oneBatch() {
    return Frames.classifier()
        .setPartitions(1)
        .setBatchSize(100)
        .setOptimizer("sgd")
        .setLearningRate(0.5);
  }

  @Test
  void theWeightIsThatOfTheLossInScoresToo() {
    SequenceClassificationModel model =
        oneBatch().setWeightCol("w").fit(Frames.sentences(10).selectExpr("*", "1 as w"));
    double even = model.evaluate(Frames.sentences(10).selectExpr("*", "3 as w")).value("loss");
    assertThat(even)
        .isEqualTo(
            model.evaluate(Frames.sentences(10).selectExpr("*", "1 as w")).value("loss"),
            within(1e-6));
    double skewed =
        model
            .evaluate(Frames.sentences(10).selectExpr("*", "if(label = 'wet', 9, 1) as w"))
            .value("loss");
    assertThat(skewed).isNotCloseTo(even, within(1e-4));
  }

  @Test
  void balancedClassWeightsAreThoseComputedByHand() {
    // Three rows of class a, one of b: 4 / (2 · 3) and 4 / (2 · 1).
    Dataset<Row> rows =
        Frames.of(
            SCHEMA,
            Frames.row(List.of("u"), "a", 1.0),
            Frames.row(List.of("u", "v"), "a", 1.0),
            Frames.row(List.of("v", "u"), "a", 1.0),
            Frames.row(List.of("v"), "b", 1.0));
    float[] balanced = oneBatch().setClassWeights("balanced").fit(rows).content().parameters();
    float[] byHand =
        oneBatch()
            .setClassWeights(Double.toString(4.0 / 6), Double.toString(4.0 / 2))
            .fit(rows)
            .content()
            .parameters();
    assertThat(oneBatch().setClassWeights("softened").fit(rows).content().parameters())
        .isEqualTo(
            oneBatch()
                .setClassWeights(
                    Double.toString(Math.sqrt(4.0 / 6)), Double.toString(Math.sqrt(4.0 / 2)))
                .fit(rows)
                .content()
                .parameters());
    float[] none = oneBatch().setClassWeights("none").fit(rows).content().parameters();
    assertThat(balanced).isEqualTo(byHand);
    assertThat(balanced).isNotEqualTo(none);
    assertThat(oneBatch().setClassWeights("1", "1").fit(rows).content().parameters())
        .isEqualTo(none);
    // A common factor of all classes changes nothing, since losses are divided by their weight.
    assertThat(oneBatch().setClassWeights("2", "2").fit(rows).content().parameters())
        .isEqualTo(none);
  }

  @Test
  void balancedLabelsOfStepsAreCountedByStepsThatCount() {
    Dataset<Row> tagged = Frames.tagged(12);
    assertThat(Frames.labeler().setClassWeights("balanced").fit(tagged).content().parameters())
        .isNotEqualTo(Frames.labeler().fit(tagged).content().parameters());
  }

  @Test
  void asManyWeightsAsClassesAreNeeded() {
    assertThatThrownBy(
            () -> Frames.classifier().setClassWeights("1", "2", "3").fit(Frames.sentences(8)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("training.classWeights")
        .hasMessageContaining("2 numbers for [dry, wet], found 3");
    assertThatThrownBy(() -> Frames.classifier().setClassWeights("balanced", "1"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("training.classWeights")
        .hasMessageContaining("softened, balanced");
    assertThatThrownBy(() -> Frames.classifier().setClassWeights("balance"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("training.classWeights");
  }
}
