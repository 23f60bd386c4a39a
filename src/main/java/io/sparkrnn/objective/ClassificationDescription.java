package io.sparkrnn.objective;

import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Softmax over C classes, one target a sequence (sequence to class) or one a step (labelling), as
 * the output of the network says.
 *
 * @param network the network
 * @param classWeights factor in the loss of each class; empty for 1 everywhere
 */
public record ClassificationDescription(NetworkDescription network, List<Double> classWeights)
    implements ObjectiveDescription {

  /** Copies the list. */
  public ClassificationDescription {
    classWeights = new ArrayList<>(classWeights);
  }

  @Override
  public Objective<SequenceBatch> build() {
    return new Classification(this);
  }
}
