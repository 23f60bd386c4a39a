package io.sparkrnn.training;

import io.sparkrnn.objective.Objective;
import java.io.Serializable;

/**
 * Builds an objective where the work is done.
 *
 * @param <B> a batch
 */
@FunctionalInterface
public interface ObjectiveFactory<B> extends Serializable {
  /** A new objective, for one thread. */
  Objective<B> build();
}
