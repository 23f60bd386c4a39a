package io.sparkrnn.training;

import java.io.Serializable;

/**
 * All that a round starts from and leaves: what is broadcast, averaged and kept in a checkpoint.
 * Nobody writes into its arrays.
 *
 * @param epoch epochs done
 * @param round rounds done in the epoch that runs
 * @param rounds rounds done in all epochs
 * @param steps optimizer steps taken by the shard that took most
 * @param stepFactor of every learning rate: 1 until training was rolled back
 * @param parameters N values
 * @param memory the optimizer's, slots × N
 * @param driver the driver's own (momentum of blocks), N values or none; never broadcast
 */
@SuppressWarnings("ArrayRecordComponent") // arrays that travel as they are
public record TrainingState(
    int epoch,
    int round,
    long rounds,
    long steps,
    double stepFactor,
    float[] parameters,
    float[] memory,
    float[] driver)
    implements Serializable {

  /** Before the first round. */
  public static TrainingState first(float[] parameters, float[] memory, float[] driver) {
    return new TrainingState(0, 0, 0, 0, 1, parameters, memory, driver);
  }

  /** The same with an epoch ended. */
  public TrainingState nextEpoch() {
    return new TrainingState(epoch + 1, 0, rounds, steps, stepFactor, parameters, memory, driver);
  }

  /** The same after one more round. */
  TrainingState nextRound(long taken, float[] newParameters, float[] newMemory, float[] newDriver) {
    return new TrainingState(
        epoch,
        round + 1,
        rounds + 1,
        steps + taken,
        stepFactor,
        newParameters,
        newMemory,
        newDriver);
  }

  /** The same after a round that counts for nothing. */
  TrainingState afterNothing() {
    return nextRound(0, parameters, memory, driver);
  }

  /** The same with other steps from here on. */
  TrainingState steppingBy(double factor) {
    return new TrainingState(epoch, round, rounds, steps, factor, parameters, memory, driver);
  }

  /** The counts with other arrays, and without the driver's. */
  public TrainingState startingAt(float[] start, float[] startMemory) {
    return new TrainingState(
        epoch, round, rounds, steps, stepFactor, start, startMemory, new float[0]);
  }

  /** Whether every value is a finite number. */
  boolean finite() {
    return finite(parameters) && finite(memory) && finite(driver);
  }

  private static boolean finite(float[] values) {
    float sum = 0;
    for (float value : values) {
      sum += 0 * value; // NaN for NaN and infinities, nothing otherwise
    }
    return sum == 0;
  }
}
