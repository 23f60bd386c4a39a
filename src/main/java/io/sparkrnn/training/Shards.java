package io.sparkrnn.training;

import java.util.List;

/**
 * All shards of a data set, wherever they live.
 *
 * @param <B> a batch
 */
public interface Shards<B> {

  /** What is known of each, in the order of their indices. */
  List<ShardInfo> infos();

  /** P. */
  default int count() {
    return infos().size();
  }

  /** Sequences in all shards. */
  default long items() {
    return infos().stream().mapToLong(ShardInfo::items).sum();
  }

  /** Time steps in all shards. */
  default long steps() {
    return infos().stream().mapToLong(ShardInfo::steps).sum();
  }
}
