package io.sparkrnn.training;

/**
 * Block momentum (BMUF: Chen and Huo, ICASSP 2016) with Nesterov's start. Plain averaging while η =
 * 0 or in the warm-up rounds.
 *
 * @param settings η and the warm-up
 */
record BlockMomentum(AveragingSettings settings) {

  /** Values that the driver keeps for it. */
  int driverSize(int parameters) {
    return settings.blockMomentum() > 0 ? parameters : 0;
  }

  /** B = W + ηΔ: where the shards start. */
  float[] start(TrainingState state) {
    if (state.driver().length == 0) {
      return state.parameters();
    }
    float eta = (float) settings.blockMomentum();
    float[] start = state.parameters().clone();
    for (int i = 0; i < start.length; i++) {
      start[i] += eta * state.driver()[i];
    }
    return start;
  }

  /**
   * W + Δ with Δ ← ηΔ + (mean − B).
   *
   * @param state before the round
   * @param mean of the shards' parameters
   * @param driver Δ, changed
   */
  float[] advance(TrainingState state, float[] mean, float[] driver) {
    if (driver.length == 0 || state.rounds() < settings.warmupRounds()) {
      return mean;
    }
    float eta = (float) settings.blockMomentum();
    float[] start = start(state);
    float[] parameters = state.parameters().clone();
    for (int i = 0; i < parameters.length; i++) {
      driver[i] = eta * driver[i] + (mean[i] - start[i]);
      parameters[i] += driver[i];
    }
    return parameters;
  }
}
