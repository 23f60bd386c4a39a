package io.sparkrnn.objective;

import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.sequence.SequenceBatch;

/**
 * Squared error of values at every step.
 *
 * @param network the network
 * @param scale how targets were scaled; scores and predictions are in the original units
 */
public record RegressionDescription(NetworkDescription network, Normalizer scale)
    implements ObjectiveDescription {

  @Override
  public Objective<SequenceBatch> build() {
    return new StepRegression(this);
  }
}
