package io.sparkrnn.training;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Rows;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.metric.RegressionMetrics;
import io.sparkrnn.objective.Objective;
import io.sparkrnn.parameter.Initializer;
import io.sparkrnn.parameter.ParameterLayout;
import java.util.List;

/**
 * One vector θ, at first 0, and the loss Σ ½‖θ − x‖² over points x, whose weight is the number of
 * points: a step of SGD at rate η goes from θ to θ − η(θ − mean x).
 *
 * @param size of θ
 * @param scorableFrom evaluated where θ is smaller, the loss is NaN
 */
record PointObjective(int size, double scorableFrom) implements Objective<List<Point>> {

  /** Scorable everywhere. */
  PointObjective(int size) {
    this(size, Double.NEGATIVE_INFINITY);
  }

  @Override
  public ParameterLayout layout() {
    return ParameterLayout.builder().vector("theta", size, Initializer.zeros()).build();
  }

  @Override
  public LossSum lossAndGradient(List<Point> batch, Pass pass) {
    Rows gradient = pass.gradient("theta");
    for (Point point : batch) {
      for (int i = 0; i < size; i++) {
        float slope = pass.parameter("theta").get(0, i) - point.x()[i];
        gradient.set(0, i, gradient.get(0, i) + slope);
      }
    }
    return loss(batch, pass);
  }

  private LossSum loss(List<Point> batch, Pass pass) {
    double sum = 0;
    long steps = 0;
    for (Point point : batch) {
      steps += point.steps();
      for (int i = 0; i < size; i++) {
        double difference = (double) pass.parameter("theta").get(0, i) - point.x()[i];
        sum += 0.5 * difference * difference;
      }
    }
    return new LossSum(sum, batch.size(), steps);
  }

  @Override
  public Metrics evaluate(List<Point> batch, Pass pass) {
    RegressionMetrics metrics = nothing();
    for (Point point : batch) {
      for (int i = 0; i < size; i++) {
        metrics.add(i, point.x()[i], pass.parameter("theta").get(0, i));
      }
    }
    LossSum loss = loss(batch, pass);
    boolean scorable = pass.parameter("theta").get(0, 0) >= scorableFrom;
    metrics.addLoss(scorable ? loss.sum() : Double.NaN, loss.weight());
    return metrics;
  }

  @Override
  public RegressionMetrics nothing() {
    return new RegressionMetrics(size);
  }

  @Override
  public void predict(List<Point> batch, Pass pass, Receiver receiver) {
    throw new UnsupportedOperationException("training never predicts");
  }
}
