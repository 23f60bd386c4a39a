package io.sparkrnn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scores against the examples of scikit-learn's manual, worked out again by hand. */
class RegressionScoresTest {
  private static final double[] ACTUAL = {3, -0.5, 2, 7};
  private static final double[] PREDICTED = {2.5, 0.0, 2, 8};

  @Test
  void exampleOfTheManual() {
    RegressionMetrics metrics = of(ACTUAL, PREDICTED, 0);

    assertThat(metrics.value("mae")).isEqualTo(0.5);
    assertThat(metrics.value("mse")).isEqualTo(0.375);
    assertThat(metrics.value("rmse")).isEqualTo(Math.sqrt(0.375));
    // Σ (y − 2.875)² = 29.1875
    assertThat(metrics.value("r2")).isCloseTo(1 - 1.5 / 29.1875, within(1e-15));
    assertThat(metrics.value("count")).isEqualTo(4);
  }

  @Test
  void outputsAreAveragedWithEqualWeight() {
    // y = (0.5 1) (-1 1) (7 -6), ŷ = (0 2) (-1 2) (8 -5)
    RegressionMetrics metrics = new RegressionMetrics(2);
    double[][] rows = {{0.5, 0, 1, 2}, {-1, -1, 1, 2}, {7, 8, -6, -5}};
    for (double[] row : rows) {
      metrics.add(0, row[0], row[1]);
      metrics.add(1, row[2], row[3]);
    }

    assertThat(metrics.value("mae")).isEqualTo(0.75);
    assertThat(metrics.value("mse")).isCloseTo(1.25 / 3 / 2 + 0.5, within(1e-15));
    double spread0 = 50.25 - 6.5 * 6.5 / 3;
    double spread1 = 38 - 16.0 / 3;
    assertThat(metrics.value("r2"))
        .isCloseTo((1 - 1.25 / spread0 + 1 - 3 / spread1) / 2, within(1e-14));
    JsonNode json = metrics.toJson(List.of("flow", "level"));
    assertThat(json.at("/perOutput/1/output").asText()).isEqualTo("level");
    assertThat(json.at("/perOutput/1/rmse").asDouble()).isEqualTo(1);
    assertThat(json.at("/perOutput/1/residuals/counts")).hasToString("[3]");
  }

  @Test
  void r2IsSoundFarFromZero() {
    RegressionMetrics near = of(ACTUAL, PREDICTED, 0);
    RegressionMetrics far = of(ACTUAL, PREDICTED, 1L << 40);

    assertThat(far.value("r2")).isCloseTo(near.value("r2"), within(1e-9));
  }

  @Test
  void r2OfAConstantIsAbsentAndSaysSo() {
    RegressionMetrics metrics = of(new double[] {0.1, 0.1, 0.1}, new double[] {1, 2, 3}, 0);

    assertThat(metrics.values()).doesNotContainKey("r2").doesNotContainValue(Double.NaN);
    assertThatThrownBy(() -> metrics.value("r2"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'r2' is not defined on the 3 evaluated targets");
  }

  @Test
  void evaluationOfNothingIsRefused() {
    RegressionMetrics metrics = new RegressionMetrics(2);
    metrics.add(0, 1, 1);

    assertThatThrownBy(metrics::values)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no value of output 1");
    assertThatThrownBy(() -> new RegressionMetrics(1).value("rmse"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void directionsAndNames() {
    RegressionMetrics metrics = new RegressionMetrics(1);

    assertThat(metrics.higherIsBetter("r2")).isTrue();
    assertThat(List.of("rmse", "mae", "mse", "loss")).noneMatch(metrics::higherIsBetter);
    assertThatThrownBy(() -> metrics.higherIsBetter("accuracy"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("expected one of: rmse, mae, r2, mse, loss, count");
  }

  @Test
  void divergedPredictionStaysVisible() {
    RegressionMetrics metrics = of(ACTUAL, new double[] {1, Double.NaN, 1, 1}, 0);

    assertThat(metrics.value("rmse")).isNaN();
    assertThat(metrics.toJson(List.of("y")).get("rmse").isNull()).isTrue();
  }

  private static RegressionMetrics of(double[] actual, double[] predicted, double offset) {
    RegressionMetrics metrics = new RegressionMetrics(1);
    for (int i = 0; i < actual.length; i++) {
      metrics.add(0, actual[i] + offset, predicted[i] + offset);
    }
    return metrics;
  }
}
