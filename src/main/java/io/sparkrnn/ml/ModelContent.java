package io.sparkrnn.ml;

import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.objective.ClassificationDescription;
import io.sparkrnn.objective.Objective;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.objective.RegressionDescription;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.training.ObjectiveFactory;
import java.io.Serializable;
import java.util.List;

/**
 * What a trained model consists of; everything else is derived. Immutable by agreement.
 *
 * @param encoding of rows
 * @param network its description
 * @param parameters its N values
 * @param summary of its training
 */
@SuppressWarnings("ArrayRecordComponent") // parameters are one array throughout
record ModelContent(
    Encoding encoding, NetworkDescription network, float[] parameters, TrainingSummary summary)
    implements Serializable {

  /** The objective that predicts and scores. */
  ObjectiveFactory<SequenceBatch> objective() {
    return factory(description(encoding, network, List.of()));
  }

  /** The objective of a task. */
  static ObjectiveDescription description(
      Encoding encoding, NetworkDescription network, List<Double> classWeights) {
    return encoding.targets().kind() == TargetKind.STEP_VALUES
        ? new RegressionDescription(network, encoding.targets().scaling())
        : new ClassificationDescription(network, classWeights);
  }

  /** A factory that travels. */
  static ObjectiveFactory<SequenceBatch> factory(ObjectiveDescription description) {
    return new FromDescription(description);
  }

  private record FromDescription(ObjectiveDescription description)
      implements ObjectiveFactory<SequenceBatch> {
    @Override
    public Objective<SequenceBatch> build() {
      return description.build();
    }
  }
}
