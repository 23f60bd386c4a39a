package io.sparkrnn.training;

import java.util.ArrayList;
import java.util.List;

/**
 * All that a training is between two rounds: what comes after is a function of this, of the data
 * and of the settings alone. This is what a checkpoint holds.
 *
 * @param state what the next round starts from
 * @param good the last good state: the beginning of the epoch that runs
 * @param sums of the epoch that runs
 * @param best the epoch that would be kept now
 * @param history epoch by epoch
 */
public record TrainingProgress(
    TrainingState state, TrainingState good, EpochSums sums, Best best, List<EpochRecord> history) {

  /** Copies the list. */
  public TrainingProgress {
    history = List.copyOf(history);
  }

  /** Before the first round. */
  static TrainingProgress first(TrainingState state) {
    Best best = new Best(0, 0, 0, state.parameters());
    return new TrainingProgress(state, state, EpochSums.ZERO, best, List.of());
  }

  /** After one more round of the epoch. */
  TrainingProgress with(TrainingState next, EpochSums nextSums) {
    return new TrainingProgress(next, good, nextSums, best, history);
  }

  /** At the beginning of the epoch again, with smaller steps. */
  TrainingProgress rolledBack(double factor) {
    TrainingState again = good.steppingBy(state.stepFactor() * factor);
    return new TrainingProgress(again, again, sums.rolledBack(), best, history);
  }

  /** At the beginning of the next epoch. */
  TrainingProgress nextEpoch(Best nextBest, EpochRecord ended) {
    List<EpochRecord> longer = new ArrayList<>(history);
    longer.add(ended);
    TrainingState next = state.nextEpoch();
    return new TrainingProgress(next, next, EpochSums.ZERO, nextBest, longer);
  }

  /** How often the training was rolled back. */
  int rollbacks() {
    return sums.rollbacks() + history.stream().mapToInt(EpochRecord::rollbacks).sum();
  }
}
