package io.sparkrnn.training;

import java.io.Serializable;

/**
 * All that a round starts from and leaves: what is broadcast, averaged, and one day checkpointed.
 * Nobody writes into its arrays.
 *
 * @param epoch epochs done
 * @param round rounds done in the epoch that runs
 * @param rounds rounds done in all epochs
 * @param steps optimizer steps taken by the shard that took most
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
    float[] parameters,
    float[] memory,
    float[] driver)
    implements Serializable {

  /** The same with an epoch ended. */
  public TrainingState nextEpoch() {
    return new TrainingState(epoch + 1, 0, rounds, steps, parameters, memory, driver);
  }

  /** The same after one more round. */
  TrainingState nextRound(long taken, float[] newParameters, float[] newMemory, float[] newDriver) {
    return new TrainingState(
        epoch, round + 1, rounds + 1, steps + taken, newParameters, newMemory, newDriver);
  }

  /** The counts with other arrays, and without the driver's. */
  public TrainingState startingAt(float[] start, float[] startMemory) {
    return new TrainingState(epoch, round, rounds, steps, start, startMemory, new float[0]);
  }
}
