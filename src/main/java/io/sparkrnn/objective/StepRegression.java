package io.sparkrnn.objective;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Rows;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.metric.RegressionMetrics;
import io.sparkrnn.network.NetworkDescription.Output;
import io.sparkrnn.network.SequenceNetwork;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.sequence.SequenceBatch;

/**
 * Squared error at every step: loss = Σ_t w·Σ_k (ŷ_tk − y_tk)² of scaled values, divided by the
 * weights of the steps; ∂loss/∂ŷ = 2w(ŷ − y). A NaN among the targets of a step takes that value
 * out: no loss, no gradient; a step without any target does not count.
 */
final class StepRegression implements Objective<SequenceBatch> {

  private final SequenceNetwork network;
  private final int outputs;
  private final Normalizer scale;

  StepRegression(RegressionDescription description) {
    network = description.network().build();
    outputs = description.network().outputs();
    scale = description.scale();
  }

  @Override
  public ParameterLayout layout() {
    return network.layout();
  }

  @Override
  public LossSum lossAndGradient(SequenceBatch batch, Pass pass) {
    Rows predicted = network.forward(batch, pass);
    LossSum loss = loss(batch, predicted);
    Rows targets = batch.values(ObjectiveDescription.TARGET);
    for (int row = 0; row < predicted.count(); row++) {
      float weight = batch.weight(batch.rankOfRow(row));
      int start = predicted.start(row);
      int target = targets.start(row);
      for (int k = 0; k < outputs; k++) {
        float difference = predicted.data()[start + k] - targets.data()[target + k];
        predicted.data()[start + k] =
            Float.isNaN(targets.data()[target + k]) ? 0f : 2f * weight * difference;
      }
    }
    network.backward(batch, predicted, pass);
    return loss;
  }

  @Override
  public Metrics evaluate(SequenceBatch batch, Pass pass) {
    Rows predicted = network.forward(batch, pass);
    Rows targets = batch.values(ObjectiveDescription.TARGET);
    RegressionMetrics metrics = nothing();
    for (int row = 0; row < predicted.count(); row++) {
      for (int k = 0; k < outputs; k++) {
        float target = targets.get(row, k);
        if (!Float.isNaN(target)) {
          metrics.add(k, scale.restore(k, target), scale.restore(k, predicted.get(row, k)));
        }
      }
    }
    LossSum loss = loss(batch, predicted);
    metrics.addLoss(loss.sum(), loss.weight());
    return metrics;
  }

  @Override
  public RegressionMetrics nothing() {
    return new RegressionMetrics(outputs);
  }

  @Override
  public void predict(SequenceBatch batch, Pass pass, Receiver receiver) {
    Rows predicted = network.forward(batch, pass);
    for (int row = 0; row < predicted.count(); row++) {
      for (int k = 0; k < outputs; k++) {
        predicted.set(row, k, (float) scale.restore(k, predicted.get(row, k)));
      }
    }
    Deliveries.deliver(batch, predicted, Output.STEP, receiver);
  }

  private LossSum loss(SequenceBatch batch, Rows predicted) {
    Rows targets = batch.values(ObjectiveDescription.TARGET);
    double sum = 0;
    double weights = 0;
    for (int row = 0; row < predicted.count(); row++) {
      float weight = batch.weight(batch.rankOfRow(row));
      boolean counted = false;
      for (int k = 0; k < outputs; k++) {
        float target = targets.get(row, k);
        if (!Float.isNaN(target)) {
          double difference = (double) predicted.get(row, k) - target;
          sum += weight * difference * difference;
          counted = true;
        }
      }
      weights += counted ? weight : 0;
    }
    return new LossSum(sum, weights, batch.totalRows());
  }
}
