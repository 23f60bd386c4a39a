package io.sparkrnn.training;

import io.sparkrnn.math.RandomKey;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.Streams;
import java.util.List;

/**
 * A shard of long sequences, read in segments that follow one another in lanes. An item is a
 * segment; the mini-batches are those of the lanes, in order.
 *
 * @param index place among the shards
 * @param streams what it holds
 */
public record StreamShard(int index, Streams streams) implements Shard<SequenceBatch> {

  /**
   * Makes shards of sequences.
   *
   * @param segment T: steps of a segment at most
   * @param lanes segments a mini-batch
   */
  public static ShardForm<SequenceBatch> form(int segment, int lanes) {
    return new Form(segment, lanes);
  }

  private record Form(int segment, int lanes) implements ShardForm<SequenceBatch> {
    @Override
    public Shard<SequenceBatch> shard(int index, List<Column> schema, List<Sequence> sequences) {
      return new StreamShard(index, new Streams(schema, sequences, segment, lanes));
    }
  }

  @Override
  public int[] lengths() {
    return streams.lengths();
  }

  @Override
  public long steps() {
    return streams.steps();
  }

  @Override
  public long contentHash() {
    return streams.contentHash();
  }

  @Override
  public int[][] batches(int batchSize, RandomKey key) {
    return streams.shuffled(key);
  }

  @Override
  public int[][] batchesInOrder(int batchSize) {
    return streams.batches();
  }

  @Override
  public SequenceBatch batch(int[] items) {
    return streams.gather(items);
  }

  @Override
  public ShardInfo info() {
    return new ShardInfo(
        index, streams.size(), streams.steps(), contentHash(), streams.miniBatches());
  }
}
