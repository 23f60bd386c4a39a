package io.sparkrnn.optimizer;

import java.io.Serializable;

/**
 * The learning rate as a function of progress in epochs (3.5: half of the fourth is done), so that
 * it means the same for every number of partitions and survives every round. A warm-up multiplies
 * it by progress / warmup until warmup epochs are done.
 *
 * @param form constant, step, exponential or cosine
 * @param base learning rate before anything happens to it
 * @param warmup epochs of linear warm-up, 0 for none
 * @param decay factor: at every {@code interval} epochs (step), continuously so (exponential), or
 *     the share of the base that is left at the end (cosine)
 * @param interval epochs
 * @param epochs of the whole training
 */
public record LearningRateSchedule(
    String form, double base, double warmup, double decay, double interval, double epochs)
    implements Serializable {

  /** The same rate throughout. */
  public static final String CONSTANT = "constant";

  /** Multiplied by {@code decay} at the end of every {@code interval} epochs. */
  public static final String STEP = "step";

  /** base·decay^(progress / interval). */
  public static final String EXPONENTIAL = "exponential";

  /** From base to base·decay along half a cosine over all epochs (Loshchilov and Hutter 2017). */
  public static final String COSINE = "cosine";

  /** The same with every rate multiplied by a factor; by 1 to the bit. */
  public LearningRateSchedule scaled(double factor) {
    return new LearningRateSchedule(form, base * factor, warmup, decay, interval, epochs);
  }

  /** The rate after {@code progress} epochs. */
  public double at(double progress) {
    double rate =
        switch (form) {
          case STEP -> base * StrictMath.pow(decay, Math.floor(progress / interval));
          case EXPONENTIAL -> base * StrictMath.pow(decay, progress / interval);
          case COSINE -> {
            double share = Math.min(1, progress / epochs);
            yield base * (decay + (1 - decay) * 0.5 * (1 + StrictMath.cos(Math.PI * share)));
          }
          default -> base;
        };
    return progress < warmup ? rate * Math.max(progress, 1e-3 * warmup) / warmup : rate;
  }
}
