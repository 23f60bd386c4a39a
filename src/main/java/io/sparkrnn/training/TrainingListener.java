package io.sparkrnn.training;

/** Hears of a training as it goes on. */
@FunctionalInterface
public interface TrainingListener {

  /** Hears nothing. */
  TrainingListener NONE = record -> {};

  /** Called with the state after each epoch, before {@link #epochEnded}. */
  default void averaged(TrainingState state) {}

  /** Called after each epoch. */
  void epochEnded(EpochRecord record);

  /** Called once if training goes on from a checkpoint, before anything else. */
  default void resumed(TrainingProgress progress) {}

  /** Called when something went wrong that training survives. */
  default void warned(String message) {}
}
