package io.sparkrnn.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.layer.Taps;
import io.sparkrnn.network.Feedback;
import io.sparkrnn.network.InputColumn;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.SequenceSet;
import io.sparkrnn.testing.TestSettings;
import io.sparkrnn.testing.Traversal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Paths of an autoregression AR(1) with known coefficient and variance are distributed as theory
 * says: y_{t+h} has mean φ^h·y_t and variance σ²(1 − φ^{2h}) / (1 − φ²).
 */
class SampledPathsTest {
  private static final float PHI = 0.8f;
  private static final double SIGMA = 0.5;
  private static final int PATHS = 4000;
  private static final int HORIZON = 5;
  private static final float NAN = Float.NaN;
  private static final Normalizer SCALE = new Normalizer(new double[] {10}, new double[] {2});

  private static ForecastDescription forecast(ValueLoss loss) {
    NetworkDescription network =
        new NetworkDescription(
            List.of(InputColumn.values("previous", 1).delayed(Taps.NOW)),
            TestSettings.network("network.cell", "none", "network.hiddenSizes", List.of()),
            NetworkDescription.Output.STEP,
            loss.parameters());
    return new ForecastDescription(
        network, loss, SCALE, Feedback.of("previous", 1, Feedback.ALL_SHOWN));
  }

  /** Known values, then a horizon in which nothing is known. */
  private static Sequence sequence(float... known) {
    float[] previous = Arrays.copyOf(known, known.length + HORIZON - 1);
    Arrays.fill(previous, known.length, previous.length, NAN);
    float[] target = new float[previous.length];
    Arrays.fill(target, NAN);
    return new Sequence(previous.length, 1, new float[][] {previous, target}, new int[][] {{}, {}});
  }

  private static SequenceBatch batch(Sequence... sequences) {
    List<Column> schema =
        List.of(Column.values("previous", 1), Column.values(ObjectiveDescription.TARGET, 1));
    return new SequenceSet(schema, List.of(sequences))
        .gather(IntStream.range(0, sequences.length).toArray());
  }

  private static Map<Integer, float[]> paths(
      ValueLoss loss, float[] parameters, int count, SequenceBatch batch) {
    SampledPathsDescription description = new SampledPathsDescription(forecast(loss), count, 3);
    return new Traversal(description, "java", parameters).predictions(batch);
  }

  private static double[] moments(float[] rows, int step, int count) {
    double mean = 0;
    double squares = 0;
    for (int path = 0; path < count; path++) {
      double value = rows[step * count + path];
      mean += value / count;
      squares += value * value / count;
    }
    return new double[] {mean, squares - mean * mean};
  }

  /** head.0.W is [μ; r], r with 12·tanh(r / 12) = log σ². */
  private static float[] gaussian() {
    float r = (float) (12 * atanh(2 * Math.log(SIGMA) / 12));
    return new float[] {PHI, 0, 0, r};
  }

  private static double atanh(double x) {
    return 0.5 * Math.log((1 + x) / (1 - x));
  }

  @Test
  void meanAndVarianceAtEveryHorizonAreThoseOfTheory() {
    float[] rows =
        paths(ValueLoss.gaussian(), gaussian(), PATHS, batch(sequence(0.3f, 1.5f)))
            .getOrDefault(0, new float[0]);
    assertThat(rows).hasSize((HORIZON + 1) * PATHS);
    for (int h = 1; h <= HORIZON; h++) {
      double[] found = moments(rows, h, PATHS);
      double mean = 10 + 2 * Math.pow(PHI, h) * 1.5;
      double variance = 4 * SIGMA * SIGMA * (1 - Math.pow(PHI, 2.0 * h)) / (1 - Math.pow(PHI, 2));
      // Five standard errors.
      assertThat(found[0]).isEqualTo(mean, within(5 * Math.sqrt(variance / PATHS)));
      assertThat(found[1]).isEqualTo(variance, within(5 * variance * Math.sqrt(2.0 / PATHS)));
    }
  }

  /** Quantiles −1, 0, 1 around the mean at .25, .5, .75, linear: uniform between −2 and 2. */
  @Test
  void drawsOfQuantilesFollowThePiecewiseLinearQuantileFunction() {
    float[] parameters = {PHI, PHI, PHI, -1, 0, 1};
    float[] rows =
        paths(ValueLoss.quantiles(List.of(0.25, 0.5, 0.75)), parameters, PATHS, batch(sequence(1f)))
            .getOrDefault(0, new float[0]);
    double[] found = moments(rows, 0, PATHS);
    double variance = 4 * 16.0 / 12;
    assertThat(found[0]).isEqualTo(10 + 2 * PHI, within(5 * Math.sqrt(variance / PATHS)));
    assertThat(found[1]).isEqualTo(variance, within(5 * variance / Math.sqrt(PATHS)));
    for (float value : Arrays.copyOf(rows, PATHS)) {
      assertThat((double) value).isBetween(10 + 2 * PHI - 4.001, 10 + 2 * PHI + 4.001);
    }
  }

  @Test
  void batchesMayBeCutInAnyWay() {
    Sequence a = sequence(0.3f, 1.5f, -0.4f);
    Sequence b = sequence(0.7f);
    Map<Integer, float[]> together = paths(ValueLoss.gaussian(), gaussian(), 7, batch(b, a));
    List<float[]> alone = new ArrayList<>();
    for (Sequence each : List.of(b, a)) {
      alone.addAll(paths(ValueLoss.gaussian(), gaussian(), 7, batch(each)).values());
    }
    assertThat(together.get(0)).containsExactly(alone.get(0));
    assertThat(together.get(1)).containsExactly(alone.get(1));
  }

  @Test
  void withoutADistributionThereIsNothingToDraw() {
    assertThatThrownBy(() -> new SampledPathsDescription(forecast(ValueLoss.squared()), 10, 1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("a Gaussian or at least two quantiles");
  }
}
