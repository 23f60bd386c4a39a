package io.sparkrnn.objective;

import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.sequence.SequenceBatch;
import java.io.Serializable;

/** What travels to executors instead of an objective, and builds it there. */
public interface ObjectiveDescription extends Serializable {

  /** Name of the column of targets in a batch. */
  String TARGET = "target";

  /** Id of a target that does not count. */
  int NOT_COUNTED = -1;

  /** Id of a label that training never saw: wrong whatever is predicted, and without loss. */
  int UNKNOWN_LABEL = -2;

  /** The network inside. */
  NetworkDescription network();

  /** One line for people about what is trained. */
  default String summary() {
    return network().summary();
  }

  /** Builds the objective, for one thread. */
  Objective<SequenceBatch> build();
}
