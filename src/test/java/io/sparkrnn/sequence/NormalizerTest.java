package io.sparkrnn.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Moments of parts merged are those of the whole; scaling is undone by restoring. */
class NormalizerTest {

  @RepeatedTest(10)
  void momentsMergedAreThoseOfTheWhole(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Normalizer.Moments whole = new Normalizer.Moments(2);
    Normalizer.Moments merged = new Normalizer.Moments(2);
    List<double[]> rows = new ArrayList<>();
    for (int part = 0; part < 5; part++) {
      Normalizer.Moments moments = new Normalizer.Moments(2);
      for (int i = random.nextInt(40); i > 0; i--) {
        double[] row = {1e6 + random.nextGaussian(), 1e-3 * random.nextGaussian()};
        moments.add(row);
        whole.add(row);
        rows.add(row);
      }
      merged.merge(moments);
    }
    for (int j = 0; j < 2; j++) {
      int column = j;
      double mean = rows.stream().mapToDouble(row -> row[column]).average().orElseThrow();
      double variance =
          rows.stream().mapToDouble(row -> Math.pow(row[column] - mean, 2)).average().orElseThrow();
      double deviation = Math.sqrt(variance);
      for (Normalizer each : List.of(whole.normalizer(), merged.normalizer())) {
        assertThat(each.mean(j)).isEqualTo(mean, within(1e-9 * Math.abs(mean) + 1e-12));
        assertThat(each.deviation(j)).isEqualTo(deviation, within(1e-9 * deviation));
      }
    }
  }

  @Test
  void aColumnThatNeverVariesIsOnlyShiftedHoweverItWasCounted() {
    for (double constant : new double[] {0.1, -7.3, 1e9 / 3, 0}) {
      Normalizer.Moments merged = new Normalizer.Moments(1);
      for (int part : new int[] {3, 1, 7, 10, 49}) {
        Normalizer.Moments moments = new Normalizer.Moments(1);
        for (int i = 0; i < part; i++) {
          moments.add(new double[] {constant});
        }
        merged.merge(moments);
        merged.merge(new Normalizer.Moments(1));
      }
      Normalizer normalizer = merged.normalizer();
      assertThat(normalizer.mean(0)).isEqualTo(constant);
      assertThat(normalizer.deviation(0)).isEqualTo(1);
      assertThat(normalizer.scale(0, constant)).isZero();
    }
  }

  @Test
  void scalingByHand() {
    Normalizer.Moments moments = new Normalizer.Moments(1);
    for (double x : new double[] {2, 4, 4, 4, 5, 5, 7, 9}) {
      moments.add(new double[] {x});
    }
    Normalizer normalizer = moments.normalizer();
    assertThat(normalizer.mean(0)).isEqualTo(5, within(1e-12));
    assertThat(normalizer.deviation(0)).isEqualTo(2, within(1e-12));
    assertThat(normalizer.scale(0, 9)).isEqualTo(2f, within(1e-6f));
    assertThat(normalizer.restore(0, 2)).isEqualTo(9, within(1e-12));
    assertThat(normalizer.width()).isEqualTo(1);
  }

  @Test
  void identityAndNothingSeenLeaveValuesAlone() {
    for (Normalizer normalizer :
        List.of(Normalizer.identity(2), new Normalizer.Moments(2).normalizer())) {
      assertThat(normalizer.width()).isEqualTo(2);
      assertThat(normalizer.scale(1, -3.5)).isEqualTo(-3.5f);
      assertThat(normalizer.restore(1, -3.5)).isEqualTo(-3.5);
    }
  }
}
