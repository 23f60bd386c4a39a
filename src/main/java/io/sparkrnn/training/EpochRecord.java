package io.sparkrnn.training;

import java.util.Collections;
import java.util.LinkedHashMap;
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
 * @param rollbacks how often the epoch began anew with smaller steps
 * @param gradientNorms by layer, the mean norm of a mini-batch's mean gradient before clipping
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
    int dropped,
    int rollbacks,
    Map<String, Double> gradientNorms) {

  /** Copies the map, in its order. */
  public EpochRecord {
    gradientNorms = Collections.unmodifiableMap(new LinkedHashMap<>(gradientNorms));
  }
}
