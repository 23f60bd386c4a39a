package io.sparkrnn.training;

import java.util.Map;
import java.util.Optional;

/**
 * One epoch of a training's history.
 *
 * @param epoch from 1
 * @param epochs planned
 * @param rounds of the epoch
 * @param loss mean training loss, measured while parameters changed
 * @param learningRate at the end of the epoch
 * @param validation scores on validation data
 * @param steps time steps trained on
 * @param seconds spent, validation included
 * @param trainingSeconds spent in rounds alone
 * @param best whether it is the best epoch so far on validation data
 * @param dropped shards left out of an average because they were not finite
 */
public record EpochRecord(
    int epoch,
    int epochs,
    int rounds,
    double loss,
    double learningRate,
    Optional<Map<String, Double>> validation,
    long steps,
    double seconds,
    double trainingSeconds,
    boolean best,
    int dropped) {}
