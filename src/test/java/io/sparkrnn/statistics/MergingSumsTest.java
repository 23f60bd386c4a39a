package io.sparkrnn.statistics;

import static io.sparkrnn.statistics.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.DataException;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.RandomStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums may be gathered anywhere and merged: the fits are the same. */
class MergingSumsTest {
  private final double[] sunspots = GoldenNumbers.sunspots();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 40, 289})
  void aSeriesCutIntoStretchesIsFittedAsAWhole(int pieces) {
    AutoregressiveSums kind = new AutoregressiveSums(9, true, 40);
    LagSegment all = new LagSegment(kind);
    for (int p = 0; p < pieces; p++) {
      LagSegment piece = new LagSegment(kind);
      for (int t = p * 289 / pieces; t < (p + 1) * 289 / pieces; t++) {
        piece.append(sunspots[t]);
      }
      all.append(piece);
    }
    assertThat(all.length()).isEqualTo(289);
    AutoregressiveSums cut = all.close();
    AutoregressiveSums whole = kind.empty();
    whole.addSeries(sunspots);
    assertThat(cut.observations()).isEqualTo(289);
    assertThat(cut.series()).isEqualTo(1);
    assertSameFits(cut, whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void manySeriesDealtToPartitionsAreFittedAsTogether(int partitions) throws Exception {
    List<double[]> series = unequalSeries();
    AutoregressiveSums kind = new AutoregressiveSums(4, true, 100);
    AutoregressiveSums together = kind.empty();
    series.forEach(together::addSeries);
    AutoregressiveSums merged = kind.empty();
    for (int p = 0; p < partitions; p++) {
      AutoregressiveSums part = kind.empty();
      for (int i = p; i < series.size(); i += partitions) {
        part.addSeries(series.get(i));
      }
      merged.add(travelled(part));
    }
    assertThat(merged.series()).isEqualTo(series.size());
    assertThat(merged.observations()).isEqualTo(together.observations());
    assertSameFits(merged, together);
  }

  private static List<double[]> unequalSeries() {
    RandomStream random = RandomKey.ofSeed(3).child("merging").stream();
    List<double[]> series = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      double[] values = new double[i];
      for (int t = 0; t < i; t++) {
        values[t] = 100 + (t == 0 ? 0 : 0.5 * (values[t - 1] - 100)) + random.nextGaussian();
      }
      series.add(values);
    }
    return series;
  }

  private static void assertSameFits(AutoregressiveSums found, AutoregressiveSums expected) {
    for (int m = 0; m <= expected.order(); m++) {
      AutoregressiveFit fit = found.fit(m);
      AutoregressiveFit same = expected.fit(m);
      assertThat(fit.degreesOfFreedom()).isEqualTo(same.degreesOfFreedom());
      assertClose("variance", fit.model().variance(), same.model().variance(), 1e-10);
      for (int j = 0; j < same.terms().size(); j++) {
        String name = "order " + m + " " + same.terms().get(j).name();
        assertClose(name, fit.terms().get(j).value(), same.terms().get(j).value(), 1e-10);
        assertClose(
            name, fit.terms().get(j).standardError(), same.terms().get(j).standardError(), 1e-10);
      }
    }
    assertClose("own", found.ownSamples().variances(), expected.ownSamples().variances(), 1e-10);
    assertClose(
        "common", found.commonSample().variances(), expected.commonSample().variances(), 1e-10);
  }

  private static AutoregressiveSums travelled(AutoregressiveSums sums)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sums);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (AutoregressiveSums) in.readObject();
    }
  }

  @Test
  void everyOrderOfOnePassIsThatOfAPassOfItsOwn() {
    AutoregressiveSums once = new AutoregressiveSums(12, true, 50);
    once.addSeries(sunspots);
    for (int m = 0; m <= 12; m++) {
      AutoregressiveFit own = Autoregression.fit(EstimationMethod.LEAST_SQUARES, sunspots, m, true);
      assertThat(once.fit(m).degreesOfFreedom()).isEqualTo(own.degreesOfFreedom());
      assertClose("σ²", once.fit(m).model().variance(), own.model().variance(), 1e-12);
      assertClose("φ", once.fit(m).model().coefficients(), own.model().coefficients(), 1e-10);
      assertClose("σ²", once.ownSamples().variances()[m], own.model().variance(), 1e-12);
    }
  }

  @Test
  void theOriginChangesNothingButThePrecision() {
    AutoregressiveSums far = new AutoregressiveSums(9, true, 0);
    far.addSeries(sunspots);
    AutoregressiveSums near = new AutoregressiveSums(9, true, 48.6);
    near.addSeries(sunspots);
    assertSameFits(far, near);
  }

  @Test
  void valuesThatAreNotFiniteAreRefused() {
    AutoregressiveSums sums = new AutoregressiveSums(1, true, 0);
    assertThatThrownBy(() -> sums.addSeries(new double[] {1, 2, Double.NaN}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("NaN");
  }
}
