package io.sparkrnn.objective;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.RandomStream;
import io.sparkrnn.math.Rows;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.metric.RegressionMetrics;
import io.sparkrnn.network.FreeRun;
import io.sparkrnn.network.NetworkDescription.Output;
import io.sparkrnn.network.SequenceNetwork;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.Optional;

/**
 * loss = Σ_t w·Σ_k ℓ(θ_tk, y_tk), divided by the weights of the steps. A NaN among the targets
 * takes that value out: no loss, no gradient; a step without any target does not count.
 */
final class Forecast implements Objective<SequenceBatch> {

  private final SequenceNetwork network;
  private final Optional<FreeRun> freeRun;
  private final ValueLoss valueLoss;
  private final Normalizer scale;
  private final int targets;

  Forecast(ForecastDescription description) {
    network = description.network().build();
    freeRun =
        description.feedback().present()
            ? Optional.of(new FreeRun(description.network(), network, description.feedback()))
            : Optional.empty();
    valueLoss = description.loss();
    scale = description.scale();
    targets = scale.width();
  }

  @Override
  public ParameterLayout layout() {
    return network.layout();
  }

  @Override
  public LossSum lossAndGradient(SequenceBatch batch, Pass pass) {
    Rows outputs = forward(batch, this::point, pass);
    LossSum loss = loss(batch, outputs);
    turnIntoGradient(batch, outputs);
    if (freeRun.isPresent()) {
      freeRun.get().backward(batch, outputs, valueLoss.point() * targets, pass);
    } else {
      network.backward(batch, outputs, pass);
    }
    return loss;
  }

  @Override
  public Metrics evaluate(SequenceBatch batch, Pass pass) {
    Rows outputs = forward(batch, this::point, pass);
    Rows expected = batch.values(ObjectiveDescription.TARGET);
    RegressionMetrics metrics = nothing();
    for (int row = 0; row < outputs.count(); row++) {
      for (int k = 0; k < targets; k++) {
        float target = expected.get(row, k);
        if (!Float.isNaN(target)) {
          metrics.add(k, scale.restore(k, target), scale.restore(k, point(0, row, outputs, k)));
        }
      }
    }
    LossSum loss = loss(batch, outputs);
    metrics.addLoss(loss.sum(), loss.weight());
    return metrics;
  }

  @Override
  public RegressionMetrics nothing() {
    return new RegressionMetrics(targets);
  }

  @Override
  public void predict(SequenceBatch batch, Pass pass, Receiver receiver) {
    Rows outputs = forward(batch, this::point, pass);
    float[] theta = new float[valueLoss.parameters()];
    for (int row = 0; row < outputs.count(); row++) {
      for (int k = 0; k < targets; k++) {
        read(outputs, row, k, theta);
        valueLoss.report(theta, scale.mean(k), scale.deviation(k));
        write(theta, outputs, row, k);
      }
    }
    Deliveries.deliver(batch, outputs, Output.STEP, receiver);
  }

  /** Outputs of every step, with what a choice makes of them fed back. */
  Rows forward(SequenceBatch batch, FreeRun.Choice choice, Pass pass) {
    return freeRun.isPresent()
        ? freeRun.get().forward(batch, choice, pass)
        : network.forward(batch, pass);
  }

  /** A value drawn from the distribution that a row of outputs says, in scaled units. */
  double draw(Rows outputs, int row, int k, RandomStream random) {
    float[] theta = new float[valueLoss.parameters()];
    read(outputs, row, k, theta);
    return valueLoss.draw(theta, random);
  }

  private float point(int t, int row, Rows outputs, int k) {
    return outputs.get(row, valueLoss.point() * targets + k);
  }

  private LossSum loss(SequenceBatch batch, Rows outputs) {
    Rows expected = batch.values(ObjectiveDescription.TARGET);
    float[] theta = new float[valueLoss.parameters()];
    double sum = 0;
    double weights = 0;
    for (int row = 0; row < outputs.count(); row++) {
      float weight = batch.weight(batch.rankOfRow(row));
      boolean counted = false;
      for (int k = 0; k < targets; k++) {
        float target = expected.get(row, k);
        if (!Float.isNaN(target)) {
          read(outputs, row, k, theta);
          sum += weight * valueLoss.loss(theta, target);
          counted = true;
        }
      }
      weights += counted ? weight : 0;
    }
    return new LossSum(sum, weights, batch.totalRows());
  }

  private void turnIntoGradient(SequenceBatch batch, Rows outputs) {
    Rows expected = batch.values(ObjectiveDescription.TARGET);
    float[] theta = new float[valueLoss.parameters()];
    float[] dTheta = new float[valueLoss.parameters()];
    for (int row = 0; row < outputs.count(); row++) {
      float weight = batch.weight(batch.rankOfRow(row));
      for (int k = 0; k < targets; k++) {
        float target = expected.get(row, k);
        boolean counted = !Float.isNaN(target);
        if (counted) {
          read(outputs, row, k, theta);
          valueLoss.gradient(theta, target, dTheta);
        }
        for (int p = 0; p < dTheta.length; p++) {
          dTheta[p] = counted ? weight * dTheta[p] : 0f;
        }
        write(dTheta, outputs, row, k);
      }
    }
  }

  private void read(Rows outputs, int row, int k, float[] theta) {
    for (int p = 0; p < theta.length; p++) {
      theta[p] = outputs.get(row, p * targets + k);
    }
  }

  private void write(float[] theta, Rows outputs, int row, int k) {
    for (int p = 0; p < theta.length; p++) {
      outputs.set(row, p * targets + k, theta[p]);
    }
  }
}
