package io.sparkrnn.metric;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Errors of predicted numbers, for one or more outputs.
 *
 * <pre>
 * mse  = mean (y − ŷ)²        mae = mean |y − ŷ|
 * rmse = √mse                 r2  = 1 − Σ (y − ŷ)² / Σ (y − ȳ)²
 * </pre>
 *
 * Each is taken for every output and averaged over the outputs with equal weight; rmse is the root
 * of the averaged mse. These are the definitions of scikit-learn. r2 is absent if some output never
 * varies. {@code count} is the number of values, outputs times steps.
 */
public final class RegressionMetrics implements Metrics {
  private static final long serialVersionUID = 1L;
  private static final List<String> NAMES = List.of("rmse", "mae", "r2", "mse", "loss", "count");

  private final OutputErrors[] outputs;
  private double lossSum;
  private double lossWeight;

  /**
   * An empty evaluation.
   *
   * @param outputs values predicted at a step, at least 1
   */
  public RegressionMetrics(int outputs) {
    if (outputs < 1) {
      throw new IllegalArgumentException("Expected at least 1 output, found " + outputs);
    }
    this.outputs = new OutputErrors[outputs];
    Arrays.setAll(this.outputs, k -> new OutputErrors());
  }

  /** Adds one value of output {@code output} (from 0), in the units it is reported in. */
  public void add(int output, double actual, double predicted) {
    outputs[output].add(actual, predicted);
  }

  /** Adds the losses of some targets, already weighted, and the weight they are divided by. */
  public void addLoss(double sum, double weight) {
    lossSum += sum;
    lossWeight += weight;
  }

  /** Values predicted at a step. */
  public int outputs() {
    return outputs.length;
  }

  @Override
  public RegressionMetrics plus(Metrics other) {
    if (!(other instanceof RegressionMetrics that) || that.outputs.length != outputs.length) {
      throw new IllegalArgumentException(
          "Expected an evaluation of " + outputs.length + " outputs to merge with, found " + other);
    }
    RegressionMetrics both = new RegressionMetrics(outputs.length);
    Arrays.setAll(both.outputs, k -> outputs[k].plus(that.outputs[k]));
    both.lossSum = lossSum + that.lossSum;
    both.lossWeight = lossWeight + that.lossWeight;
    return both;
  }

  @Override
  public long count() {
    return Arrays.stream(outputs).mapToLong(OutputErrors::count).sum();
  }

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public boolean higherIsBetter(String name) {
    requireName(name);
    return name.equals("r2") || name.equals("count");
  }

  @Override
  public Map<String, Double> values() {
    for (int k = 0; k < outputs.length; k++) {
      if (outputs[k].count() == 0) {
        throw new IllegalStateException(
            "Scores of an evaluation of no value of output %d were asked for; evaluate at least"
                    .formatted(k)
                + " one row");
      }
    }
    Map<String, Double> values = new LinkedHashMap<>();
    double mse = mean(OutputErrors::mse);
    values.put("rmse", Math.sqrt(mse));
    values.put("mae", mean(OutputErrors::mae));
    r2().ifPresent(r2 -> values.put("r2", r2));
    values.put("mse", mse);
    if (lossWeight != 0) {
      values.put("loss", lossSum / lossWeight);
    }
    values.put("count", (double) count());
    return Collections.unmodifiableMap(values);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Beside the scores: {@code perOutput} (output, rmse, mae, r2 and {@code residuals}: y − ŷ
   * counted in bins of equal width, with {@code from}, {@code width}, {@code counts}).
   */
  @Override
  public ObjectNode toJson(List<String> labels) {
    if (labels.size() != outputs.length) {
      throw new IllegalArgumentException(
          "Expected %d names, one an output, found %d".formatted(outputs.length, labels.size()));
    }
    ObjectNode json = MetricsJson.scores(this);
    ArrayNode perOutput = json.putArray("perOutput");
    for (int k = 0; k < outputs.length; k++) {
      perOutput.add(outputs[k].toJson(labels.get(k)));
    }
    return json;
  }

  @Override
  public String toString() {
    return "RegressionMetrics(outputs=" + outputs.length + ", count=" + count() + ")";
  }

  private OptionalDouble r2() {
    double sum = 0;
    for (OutputErrors output : outputs) {
      OptionalDouble r2 = output.r2();
      if (r2.isEmpty()) {
        return r2;
      }
      sum += r2.getAsDouble();
    }
    return OptionalDouble.of(sum / outputs.length);
  }

  private double mean(ToDoubleFunction<OutputErrors> score) {
    double sum = 0;
    for (OutputErrors output : outputs) {
      sum += score.applyAsDouble(output);
    }
    return sum / outputs.length;
  }
}
