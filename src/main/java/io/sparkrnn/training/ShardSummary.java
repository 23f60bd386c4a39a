package io.sparkrnn.training;

import io.sparkrnn.metric.LossSum;
import java.io.Serializable;

/**
 * What a shard says of its part in a round.
 *
 * @param shard its index
 * @param loss over the mini-batches of the round
 * @param optimizerSteps steps it took
 * @param coefficient its vector is multiplied by this in the sum
 * @param divisor the sum is divided by the sum of these
 * @param finite whether its loss and vector are finite; if not, coefficient and divisor are 0
 */
public record ShardSummary(
    int shard,
    LossSum loss,
    long optimizerSteps,
    double coefficient,
    double divisor,
    boolean finite)
    implements Serializable {}
