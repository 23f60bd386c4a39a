package io.sparkrnn.training;

import java.io.Serializable;

/**
 * What the driver knows of a shard.
 *
 * @param index place among the shards
 * @param items sequences in it
 * @param steps time steps in it
 * @param hash of its content, in its order
 */
public record ShardInfo(int index, int items, long steps, long hash) implements Serializable {}
