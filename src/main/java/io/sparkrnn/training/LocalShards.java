package io.sparkrnn.training;

import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Shards in this process.
 *
 * @param shards in the order of their indices
 * @param <B> a batch
 */
public record LocalShards<B>(List<Shard<B>> shards) implements Shards<B> {

  /** Keeps a copy of the list. */
  public LocalShards {
    shards = List.copyOf(shards);
  }

  /** The order of sequences everywhere: longest first, then by content. */
  public static final Comparator<Sequence> ORDER =
      Comparator.comparingInt((Sequence sequence) -> -sequence.length())
          .thenComparingLong(Sequence::contentHash);

  /** Deals sequences to P shards, as a cluster would. */
  public static LocalShards<SequenceBatch> of(
      List<Column> schema, List<Sequence> sequences, int count) {
    return of(schema, sequences, count, ShardForm.SEQUENCES);
  }

  /** The same with shards of another form. */
  public static LocalShards<SequenceBatch> of(
      List<Column> schema, List<Sequence> sequences, int count, ShardForm<SequenceBatch> form) {
    List<Sequence> ordered = new ArrayList<>(sequences);
    ordered.sort(ORDER);
    TreeMap<Integer, Long> counts = new TreeMap<>();
    ordered.forEach(sequence -> counts.merge(sequence.length(), 1L, Long::sum));
    Sharding sharding = new Sharding(counts, count);
    List<List<Sequence>> dealt = new ArrayList<>();
    for (int shard = 0; shard < count; shard++) {
      dealt.add(new ArrayList<>());
    }
    long ordinal = 0;
    int length = -1;
    for (Sequence sequence : ordered) {
      ordinal = sequence.length() == length ? ordinal + 1 : 0;
      length = sequence.length();
      dealt.get(sharding.shardOf(length, ordinal)).add(sequence);
    }
    List<Shard<SequenceBatch>> shards = new ArrayList<>();
    for (int shard = 0; shard < count; shard++) {
      shards.add(form.shard(shard, schema, dealt.get(shard)));
    }
    return new LocalShards<>(shards);
  }

  @Override
  public List<ShardInfo> infos() {
    return shards.stream().map(Shard::info).toList();
  }
}
