package io.sparkrnn.report;

import java.util.Optional;

/**
 * What a progress line tells of one epoch.
 *
 * @param epoch the epoch just finished, or being worked on, from 1
 * @param epochs epochs asked for
 * @param loss mean training loss of the last finished epoch; NaN if there is none yet
 * @param validation the score on the validation set, if there is one
 * @param stepsPerSecond time steps trained a second; NaN if not known yet
 * @param secondsLeft seconds until the last epoch, at this pace; NaN if not known yet
 */
public record EpochStatus(
    int epoch,
    int epochs,
    double loss,
    Optional<Validation> validation,
    double stepsPerSecond,
    double secondsLeft) {

  /**
   * A score on the validation set.
   *
   * @param name plain name of the score
   * @param value of this epoch
   * @param best of all epochs so far
   * @param bestEpoch where that was
   */
  public record Validation(String name, double value, double best, int bestEpoch) {}
}
