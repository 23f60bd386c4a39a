package io.sparkrnn.metric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The sums of an evaluation and the scores drawn from them.
 *
 * <p>{@link #names()} and {@link #higherIsBetter} answer on an empty accumulator too, so that a job
 * file can be checked before anything is trained. A score that the evaluated rows do not define
 * (the loss when none was added, r2 of a constant) is absent from {@link #values()}; it is never
 * NaN for want of rows. It is NaN or infinite only when the network's own outputs were.
 */
public interface Metrics extends Serializable {

  /**
   * Both evaluations as one; neither is changed. Doubles are added as {@code this + other}, so
   * merging in a fixed order gives the same bits.
   *
   * @throws IllegalArgumentException if the other is of another kind or shape
   */
  Metrics plus(Metrics other);

  /** Targets evaluated: labels, or values of a regression. */
  long count();

  /** Every score this kind of evaluation knows, in the order of {@link #values()}. */
  List<String> names();

  /**
   * Whether a larger value of the score is a better one.
   *
   * @throws ConfigurationException if there is no score of this name
   */
  boolean higherIsBetter(String name);

  /**
   * The defined scores by their plain names, in the order of {@link #names()}.
   *
   * @throws IllegalStateException if nothing was evaluated
   */
  Map<String, Double> values();

  /**
   * The scores and what lies behind them, as one split of {@code metrics.json} holds it. A score
   * that is not finite is written as {@code null}.
   *
   * @param labels names of the classes in the order of their indices, or of a regression's outputs
   * @throws IllegalArgumentException if there are not as many labels as classes or outputs
   * @throws IllegalStateException if nothing was evaluated
   */
  ObjectNode toJson(List<String> labels);

  /**
   * One score.
   *
   * @throws ConfigurationException if there is no score of this name; the message lists those there
   *     are
   * @throws DataException if the evaluated rows do not define it
   * @throws IllegalStateException if nothing was evaluated
   */
  default double value(String name) {
    requireName(name);
    Double value = values().get(name);
    if (value == null) {
      throw new DataException(
          "Metric '%s' is not defined on the %d evaluated targets; defined here: %s"
              .formatted(name, count(), String.join(", ", values().keySet())));
    }
    return value;
  }

  /**
   * Accepts the name of a score.
   *
   * @throws ConfigurationException if there is no score of this name; the message lists those there
   *     are
   */
  default void requireName(String name) {
    if (!names().contains(name)) {
      throw new ConfigurationException(
          "Unknown metric '%s'; expected one of: %s".formatted(name, String.join(", ", names())));
    }
  }
}
