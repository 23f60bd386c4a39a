package io.sparkrnn.metric;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * Sums over the values of one output. The spread of the actual values, S = Σ (y − ȳ)², is updated
 * without ever subtracting two large sums (Welford 1962), and joined by
 *
 * <pre>
 * δ = ȳ_b − ȳ_a      ȳ = ȳ_a + δ·n_b / n      S = S_a + S_b + δ²·n_a·n_b / n
 * </pre>
 *
 * (Chan, Golub and LeVeque 1983), so that r2 is sound on series far from zero.
 */
final class OutputErrors implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ResidualHistogram residuals;
  private long count;
  private double mean;
  private double spread;
  private double squared;
  private double absolute;

  OutputErrors() {
    this(new ResidualHistogram());
  }

  private OutputErrors(ResidualHistogram residuals) {
    this.residuals = residuals;
  }

  void add(double actual, double predicted) {
    double residual = actual - predicted;
    count++;
    double delta = actual - mean;
    mean += delta / count;
    spread += delta * (actual - mean);
    squared += residual * residual;
    absolute += Math.abs(residual);
    residuals.add(residual);
  }

  OutputErrors plus(OutputErrors other) {
    OutputErrors both = new OutputErrors(residuals.plus(other.residuals));
    both.count = count + other.count;
    both.squared = squared + other.squared;
    both.absolute = absolute + other.absolute;
    if (both.count > 0) {
      double delta = other.mean - mean;
      double share = (double) other.count / both.count;
      both.mean = mean + delta * share;
      both.spread = spread + other.spread + delta * delta * count * share;
    }
    return both;
  }

  long count() {
    return count;
  }

  double mse() {
    return squared / count;
  }

  double mae() {
    return absolute / count;
  }

  /** Absent if the actual values do not vary. */
  OptionalDouble r2() {
    return spread == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - squared / spread);
  }

  ObjectNode toJson(String name) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("output", name);
    MetricsJson.putFinite(json, "rmse", Math.sqrt(mse()));
    MetricsJson.putFinite(json, "mae", mae());
    r2().ifPresent(r2 -> MetricsJson.putFinite(json, "r2", r2));
    json.set("residuals", residuals.toJson());
    return json;
  }
}
