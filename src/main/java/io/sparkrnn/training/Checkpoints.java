package io.sparkrnn.training;

import io.sparkrnn.parameter.ParameterLayout;
import java.util.Optional;

/** Keeps what a training is between two rounds, so that a killed one goes on. */
public interface Checkpoints {

  /** Keeps nothing. */
  Checkpoints NONE =
      new Checkpoints() {
        @Override
        public TrainingProgress begin(TrainingProgress first) {
          return first;
        }

        @Override
        public Optional<String> offer(TrainingProgress progress) {
          return Optional.empty();
        }

        @Override
        public Optional<String> keep(TrainingProgress progress) {
          return Optional.empty();
        }

        @Override
        public String remedy() {
          return "";
        }
      };

  /**
   * Where a training begins: at the newest sound checkpoint, or as given.
   *
   * @throws io.sparkrnn.error.ConfigurationException if a checkpoint is of another training
   */
  TrainingProgress begin(TrainingProgress first);

  /** Keeps this one if it is time; returns as {@link #keep} does. */
  Optional<String> offer(TrainingProgress progress);

  /**
   * Keeps this one now, unless it is kept already.
   *
   * @return why it could not be kept, which is no reason to end a training
   */
  Optional<String> keep(TrainingProgress progress);

  /** What a message on divergence says of them. */
  String remedy();

  /** Checkpoints of a training, once it is known which one it is. */
  @FunctionalInterface
  interface Plan {
    /** Keeps nothing. */
    Plan NONE = (layout, train, validation) -> Checkpoints.NONE;

    /** The checkpoints of a training on these shards. */
    Checkpoints of(
        ParameterLayout layout, Shards<?> train, Optional<? extends Shards<?>> validation);
  }
}
