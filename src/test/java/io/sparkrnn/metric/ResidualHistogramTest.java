package io.sparkrnn.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Bins fit themselves to the residuals, whatever the order, and lose none of them. */
class ResidualHistogramTest {

  @Test
  void binsOfAKnownCase() {
    // The largest, 3.5, needs bins of 1/8: 3.5 falls into the 28th after zero.
    assertThat(of(3.5, -0.125, 0, 0.1, -0.01).toJson())
        .hasToString("{\"from\":-0.125,\"width\":0.125,\"counts\":[2,2" + ",0".repeat(27) + ",1]}");
  }

  @Test
  void orderAndGroupingDoNotMatter() {
    ObjectNode expected = of(1e-3, -2e-3, 0.5, -70, 1e5, 0).toJson();

    assertThat(of(1e5, 0.5, 0, -70, -2e-3, 1e-3).toJson()).isEqualTo(expected);
    assertThat(of(1e5, 0).plus(of(1e-3, -2e-3)).plus(of(0.5, -70)).toJson()).isEqualTo(expected);
    assertThat(of(1e-3, -2e-3).plus(of(0.5, -70, 1e5, 0)).toJson()).isEqualTo(expected);
  }

  @Test
  void extremesAreKeptAndTheNotFiniteLeftOut() {
    ResidualHistogram histogram =
        of(Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 0, -0.0, -1);
    histogram.add(Double.NaN);
    histogram.add(Double.POSITIVE_INFINITY);

    assertThat(total(histogram)).isEqualTo(6);
    assertThat(total(of(Double.MIN_VALUE, -Double.MIN_VALUE))).isEqualTo(2);
    assertThat(total(new ResidualHistogram())).isZero();
  }

  @Test
  void powersOfTwoFallIntoTheirOwnBins() {
    for (double edge : new double[] {-32, -16, -1, 1, 16, 32}) {
      ObjectNode json = of(edge).toJson();
      assertThat(json.get("from").asDouble()).isEqualTo(edge);
      assertThat(json.get("counts")).hasToString("[1]");
    }
  }

  private static long total(ResidualHistogram histogram) {
    return StreamSupport.stream(histogram.toJson().get("counts").spliterator(), false)
        .mapToLong(bin -> bin.asLong())
        .sum();
  }

  private static ResidualHistogram of(double... residuals) {
    ResidualHistogram histogram = new ResidualHistogram();
    DoubleStream.of(residuals).forEach(histogram::add);
    return histogram;
  }
}
