package io.sparkrnn.training;

import java.util.List;

/**
 * What a training leaves.
 *
 * @param parameters of the best epoch on validation data, else of the last
 * @param bestEpoch the epoch they are of, from 1; 0 if no epoch ran
 * @param history epoch by epoch
 * @param state after the last round
 */
@SuppressWarnings("ArrayRecordComponent") // parameters are one array throughout
public record TrainingResult(
    float[] parameters, int bestEpoch, List<EpochRecord> history, TrainingState state) {}
