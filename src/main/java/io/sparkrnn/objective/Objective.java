package io.sparkrnn.objective;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Rows;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.parameter.ParameterLayout;

/**
 * All that training knows of a model. Losses and gradients are sums, never means; they add over
 * batches and shards. For one thread.
 *
 * @param <B> a batch
 */
public interface Objective<B> {

  /** Names and shapes of the parameters. */
  ParameterLayout layout();

  /**
   * Adds ∂(loss sum)/∂parameters to the gradient of the pass, which the caller cleared and began in
   * training mode.
   *
   * @return loss sum, its weight, and the time steps of the batch
   */
  LossSum lossAndGradient(B batch, Pass pass);

  /**
   * Mini-batches that a round reads again before its own, so that what this objective carries from
   * one to the next is there; 0 if it carries nothing.
   */
  default int context() {
    return 0;
  }

  /** Takes a batch in without learning from it, for what is carried to the next one. */
  default void read(B batch, Pass pass) {}

  /** Scores of a batch. */
  Metrics evaluate(B batch, Pass pass);

  /** Scores of no batch at all, to add to. */
  Metrics nothing();

  /** Hands out the predictions of a batch, in any order of its sequences. */
  void predict(B batch, Pass pass, Receiver receiver);

  /** Takes the prediction of one sequence. */
  @FunctionalInterface
  interface Receiver {
    /**
     * Called once a sequence; the rows are valid during the call only.
     *
     * @param position place of the sequence among those that were gathered into the batch
     * @param outputs one row (for the sequence) or one a step, in the order of steps
     */
    void accept(int position, Rows outputs);
  }
}
