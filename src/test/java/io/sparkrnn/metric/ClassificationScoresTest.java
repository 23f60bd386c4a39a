package io.sparkrnn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Scores against numbers worked out by hand from the definitions of scikit-learn's {@code
 * precision_recall_fscore_support(zero_division=0)}.
 */
class ClassificationScoresTest {

  /** The example of scikit-learn's manual: y = 0 1 2 0 1 2, ŷ = 0 2 1 0 0 1; macro F1 = 0.8 / 3. */
  @Test
  void threeClassesOfTheManual() {
    ClassificationMetrics metrics =
        of(3, new int[] {0, 1, 2, 0, 1, 2}, new int[] {0, 2, 1, 0, 0, 1});

    assertThat(metrics.value("accuracy")).isEqualTo(2.0 / 6);
    assertThat(metrics.value("macroF1")).isCloseTo(0.8 / 3, within(1e-15));
    assertThat(metrics.value("weightedF1")).isCloseTo(0.8 * 2 / 6, within(1e-15));
    assertThat(metrics.value("count")).isEqualTo(6);
    ClassScore first = metrics.score(0);
    assertThat(first.precision()).isEqualTo(2.0 / 3);
    assertThat(first.recall()).isEqualTo(1);
    assertThat(first.f1()).isEqualTo(0.8);
    assertThat(first.support()).isEqualTo(2);
    assertThat(first.predicted()).isEqualTo(3);
  }

  @Test
  void classesThatNeverOccurAreLeftOutOfMacroF1() {
    ClassificationMetrics narrow = of(2, new int[] {0, 0, 1}, new int[] {0, 1, 1});
    ClassificationMetrics wide = of(9, new int[] {0, 0, 1}, new int[] {0, 1, 1});

    assertThat(wide.value("macroF1")).isEqualTo(narrow.value("macroF1")).isEqualTo(2.0 / 3);
    assertThat(wide.score(8)).isEqualTo(new ClassScore(0, 0, 0, 0, 0));
  }

  @Test
  void classOnlyPredictedCountsInMacroF1() {
    ClassificationMetrics metrics = of(3, new int[] {0, 0}, new int[] {0, 2});

    // F1 of class 0 is 2·1/(2+1); class 2 occurs among predictions with F1 = 0.
    assertThat(metrics.value("macroF1")).isEqualTo((2.0 / 3 + 0) / 2);
    assertThat(metrics.value("weightedF1")).isEqualTo(2.0 / 3);
  }

  @Test
  void unseenLabelIsWrongEverywhere() {
    ClassificationMetrics metrics = of(2, new int[] {0, 1}, new int[] {0, 1});
    metrics.addUnknown(1);

    assertThat(metrics.unknown()).isEqualTo(1);
    assertThat(metrics.value("accuracy")).isEqualTo(2.0 / 3);
    assertThat(metrics.score(1).precision()).isEqualTo(0.5);
    // F1: 1, 2/3, and 0 for the unseen label as a class of its own.
    assertThat(metrics.value("macroF1")).isCloseTo((1 + 2.0 / 3) / 3, within(1e-15));
    assertThat(metrics.value("weightedF1")).isCloseTo((1 + 2.0 / 3) / 3, within(1e-15));
    ObjectNode json = metrics.toJson(List.of("a", "b"));
    assertThat(json.get("unknown").asLong()).isEqualTo(1);
    assertThat(json.at("/confusion/unknown")).hasToString("[0,1]");
  }

  @Test
  void lossIsDividedOnceByItsWeight() {
    ClassificationMetrics metrics = of(2, new int[] {0}, new int[] {0});
    metrics.addLoss(3, 2);
    metrics.addLoss(1, 6);

    assertThat(metrics.value("loss")).isEqualTo(0.5);
    assertThat(metrics.higherIsBetter("loss")).isFalse();
    assertThat(metrics.higherIsBetter("accuracy")).isTrue();
    assertThat(metrics.higherIsBetter("macroF1")).isTrue();
  }

  @Test
  void lossThatWasNeverAddedIsAbsentAndNotNaN() {
    ClassificationMetrics metrics = of(2, new int[] {0}, new int[] {0});

    assertThat(metrics.values()).containsOnlyKeys("accuracy", "macroF1", "weightedF1", "count");
    assertThatThrownBy(() -> metrics.value("loss"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'loss' is not defined")
        .hasMessageContaining("accuracy, macroF1");
  }

  @Test
  void evaluationOfNothingIsRefused() {
    ClassificationMetrics metrics = new ClassificationMetrics(3);
    metrics.addLoss(0, 0);

    assertThatThrownBy(metrics::values)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no target at all");
    assertThatThrownBy(() -> metrics.toJson(List.of("a", "b", "c")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(metrics.names()).contains("accuracy");
  }

  @Test
  void unknownNameListsTheValidOnes() {
    ClassificationMetrics metrics = new ClassificationMetrics(2);

    for (Runnable asking :
        List.<Runnable>of(
            () -> metrics.value("f1"),
            () -> metrics.higherIsBetter("f1"),
            () -> metrics.requireName("f1"))) {
      assertThatThrownBy(asking::run)
          .isInstanceOf(ConfigurationException.class)
          .hasMessage(
              "Unknown metric 'f1'; expected one of: accuracy, macroF1, weightedF1, loss, count");
    }
  }

  @Test
  void classOutOfRangeIsNamed() {
    ClassificationMetrics metrics = new ClassificationMetrics(2);

    assertThatThrownBy(() -> metrics.add(0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("Expected a class in 0..1, found 2");
    assertThatThrownBy(() -> metrics.add(-1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new ClassificationMetrics(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void jsonHoldsScoresClassesAndConfusion() {
    ClassificationMetrics metrics = of(2, new int[] {0, 0, 1}, new int[] {0, 1, 1});
    metrics.addLoss(Double.NaN, 3);

    assertThat(metrics.toJson(List.of("x", "<y>")))
        .hasToString(
            "{\"accuracy\":0.6666666666666666,\"macroF1\":0.6666666666666666,"
                + "\"weightedF1\":0.6666666666666666,\"loss\":null,\"count\":3,"
                + "\"perClass\":["
                + "{\"label\":\"x\",\"precision\":1.0,\"recall\":0.5,\"f1\":0.6666666666666666,"
                + "\"support\":2},"
                + "{\"label\":\"<y>\",\"precision\":0.5,\"recall\":1.0,\"f1\":0.6666666666666666,"
                + "\"support\":1}],"
                + "\"confusion\":{\"labels\":[\"x\",\"<y>\"],\"counts\":[[1,1],[0,1]]}}");
    assertThatThrownBy(() -> metrics.toJson(List.of("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected 2 labels, one a class, found 1");
  }

  private static ClassificationMetrics of(int classes, int[] actual, int[] predicted) {
    ClassificationMetrics metrics = new ClassificationMetrics(classes);
    for (int i = 0; i < actual.length; i++) {
      metrics.add(actual[i], predicted[i]);
    }
    return metrics;
  }
}
