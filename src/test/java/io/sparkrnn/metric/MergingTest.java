package io.sparkrnn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parts merged equal the whole; the same calls in the same order give the same bits. */
class MergingTest {
  private static final List<String> LABELS = List.of("a", "b", "c", "d");

  @Test
  void classificationOfPartsEqualsTheWhole() {
    Random random = new Random(1);
    ClassificationMetrics whole = new ClassificationMetrics(4);
    Metrics merged = new ClassificationMetrics(4);
    for (int part = 0; part < 7; part++) {
      ClassificationMetrics some = new ClassificationMetrics(4);
      for (int i = 0; i < part * 10; i++) {
        int actual = random.nextInt(5);
        int predicted = random.nextInt(4);
        for (ClassificationMetrics each : List.of(whole, some)) {
          if (actual == 4) {
            each.addUnknown(predicted);
          } else {
            each.add(actual, predicted);
          }
          // Quarters add without rounding, in any grouping.
          each.addLoss(actual / 4.0, 1);
        }
      }
      merged = merged.plus(some);
    }

    assertThat(merged.toJson(LABELS)).isEqualTo(whole.toJson(LABELS));
    assertThat(merged.count()).isEqualTo(210);
  }

  @Test
  void regressionOfPartsEqualsTheWhole() {
    Random random = new Random(2);
    RegressionMetrics whole = new RegressionMetrics(1);
    Metrics merged = new RegressionMetrics(1);
    for (int part = 0; part < 7; part++) {
      RegressionMetrics some = new RegressionMetrics(1);
      for (int i = 0; i < part * 10; i++) {
        double actual = 1e6 + random.nextGaussian();
        double predicted = actual + 0.1 * random.nextGaussian();
        whole.add(0, actual, predicted);
        some.add(0, actual, predicted);
      }
      merged = merged.plus(some);
    }

    Metrics all = merged;
    whole
        .values()
        .forEach((name, value) -> assertThat(all.value(name)).isCloseTo(value, within(1e-9)));
    assertThat(merged.toJson(List.of("y")).at("/perOutput/0/residuals"))
        .isEqualTo(whole.toJson(List.of("y")).at("/perOutput/0/residuals"));
  }

  @Test
  void mergingChangesNeitherSideAndNothingIsNeutralToTheBit() {
    RegressionMetrics one = new RegressionMetrics(1);
    one.add(0, 0.1, 0.7);
    one.add(0, 0.3, 0.2);
    RegressionMetrics nothing = new RegressionMetrics(1);

    assertThat(one.plus(nothing).values()).isEqualTo(one.values());
    assertThat(nothing.plus(one).values()).isEqualTo(one.values());
    assertThat(one.plus(one).count()).isEqualTo(4);
    assertThat(one.count()).isEqualTo(2);
    assertThat(nothing.count()).isZero();
  }

  @Test
  void lossSumsAddAndDivideOnce() {
    LossSum both = new LossSum(3, 2, 10).plus(new LossSum(1, 6, 5));

    assertThat(both).isEqualTo(new LossSum(4, 8, 15));
    assertThat(both.mean()).isEqualTo(0.5);
    assertThat(LossSum.ZERO.plus(both)).isEqualTo(both);
    assertThatThrownBy(LossSum.ZERO::mean)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("weight is 0");
  }

  @Test
  void unlikeEvaluationsDoNotMerge() {
    Metrics four = new ClassificationMetrics(4);

    assertThatThrownBy(() -> four.plus(new ClassificationMetrics(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("evaluation of 4 classes")
        .hasMessageContaining("ClassificationMetrics(classes=3, count=0)");
    assertThatThrownBy(() -> four.plus(new RegressionMetrics(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RegressionMetrics(1).plus(four))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void accumulatorsTravel() throws IOException, ClassNotFoundException {
    ClassificationMetrics metrics = new ClassificationMetrics(4);
    metrics.add(1, 2);
    RegressionMetrics errors = new RegressionMetrics(1);
    errors.add(0, 1, 3);

    assertThat(travelled(metrics).toJson(LABELS)).isEqualTo(metrics.toJson(LABELS));
    assertThat(travelled(errors).toJson(List.of("y"))).isEqualTo(errors.toJson(List.of("y")));
  }

  private static Metrics travelled(Metrics metrics) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(metrics);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Metrics) in.readObject();
    }
  }
}
