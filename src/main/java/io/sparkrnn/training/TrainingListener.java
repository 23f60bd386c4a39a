package io.sparkrnn.training;

/** Hears of a training as it goes on. */
@FunctionalInterface
public interface TrainingListener {

  /** Hears nothing. */
  TrainingListener NONE = record -> {};

  /** Called after each epoch. */
  void epochEnded(EpochRecord record);
}
