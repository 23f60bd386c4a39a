package io.sparkrnn.spark;

import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.training.LocalShards;
import io.sparkrnn.training.Shard;
import io.sparkrnn.training.ShardForm;
import io.sparkrnn.training.ShardInfo;
import io.sparkrnn.training.Sharding;
import io.sparkrnn.training.Shards;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Shards as an RDD of P partitions with one shard each, cached once in compact form. Sequences are
 * ordered by length and content before they are dealt, so that the shards do not depend on how the
 * source was partitioned or in which order it arrived.
 */
public final class SparkShards implements Shards<SequenceBatch>, AutoCloseable {

  private final JavaRDD<Shard<SequenceBatch>> rdd;
  private final List<ShardInfo> infos;

  private SparkShards(JavaRDD<Shard<SequenceBatch>> rdd, List<ShardInfo> infos) {
    this.rdd = rdd;
    this.infos = infos;
  }

  /**
   * Deals sequences to P shards and caches them.
   *
   * @param name what the Spark UI shows
   * @param count P, at least 1
   */
  public static SparkShards of(
      String name, List<Column> schema, JavaRDD<Sequence> source, int count) {
    return of(name, schema, source, count, ShardForm.SEQUENCES);
  }

  /** The same with shards of another form. */
  public static SparkShards of(
      String name,
      List<Column> schema,
      JavaRDD<Sequence> source,
      int count,
      ShardForm<SequenceBatch> form) {
    List<Column> columns = new ArrayList<>(schema);
    JavaRDD<Sequence> sequences = source.persist(StorageLevel.MEMORY_AND_DISK_SER());
    try {
      NavigableMap<Integer, Long> counts = countsByLength(sequences);
      Plan plan = new Plan(counts, count);
      JavaRDD<Shard<SequenceBatch>> shards =
          sequences
              .mapToPair(sequence -> new Tuple2<>(OrderKey.of(sequence), sequence))
              .sortByKey()
              .values()
              .zipWithIndex()
              .mapToPair(ranked -> new Tuple2<>(ranked._2, ranked._1))
              .mapToPair(
                  ranked -> new Tuple2<>(plan.place(ranked._2.length(), ranked._1), ranked._2))
              .repartitionAndSortWithinPartitions(new ByShard(count))
              .mapPartitionsWithIndex((index, dealt) -> pack(index, dealt, columns, form), true)
              .setName(name)
              .persist(StorageLevel.MEMORY_AND_DISK());
      return new SparkShards(shards, infos(shards));
    } finally {
      sequences.unpersist(false);
    }
  }

  JavaRDD<Shard<SequenceBatch>> rdd() {
    return rdd;
  }

  @Override
  public List<ShardInfo> infos() {
    return infos;
  }

  /**
   * The largest mini-batch that any shard can make.
   *
   * @param batchSize sequences a mini-batch
   */
  public LargestBatch largestBatch(int batchSize) {
    return rdd.map(shard -> LargestBatch.of(shard.lengths(), batchSize))
        .reduce((a, b) -> a.steps() >= b.steps() ? a : b);
  }

  /**
   * The longest sequences of a shard, as many as a mini-batch holds.
   *
   * @param sequences their number
   * @param steps their time steps together
   * @param longest time steps of the longest of them
   */
  public record LargestBatch(int sequences, long steps, int longest) implements Serializable {

    static LargestBatch of(int[] lengths, int batchSize) {
      int[] sorted = lengths.clone();
      Arrays.sort(sorted);
      int sequences = Math.min(batchSize, sorted.length);
      long steps = 0;
      for (int i = sorted.length - sequences; i < sorted.length; i++) {
        steps += sorted[i];
      }
      return new LargestBatch(sequences, steps, sorted.length == 0 ? 0 : sorted[sorted.length - 1]);
    }
  }

  /** Gives the cache back. */
  @Override
  public void close() {
    rdd.unpersist(false);
  }

  /** Fills the cache; if that fails, gives it back. */
  private static List<ShardInfo> infos(JavaRDD<Shard<SequenceBatch>> shards) {
    boolean whole = false;
    try {
      List<ShardInfo> infos = new ArrayList<>(shards.map(Shard::info).collect());
      infos.sort(Comparator.comparingInt(ShardInfo::index));
      whole = true;
      return List.copyOf(infos);
    } finally {
      if (!whole) {
        shards.unpersist(false);
      }
    }
  }

  private static NavigableMap<Integer, Long> countsByLength(JavaRDD<Sequence> sequences) {
    JavaPairRDD<Integer, Long> counts =
        sequences.mapToPair(sequence -> new Tuple2<>(sequence.length(), 1L)).reduceByKey(Long::sum);
    return new TreeMap<>(counts.collectAsMap());
  }

  private static Iterator<Shard<SequenceBatch>> pack(
      int index,
      Iterator<Tuple2<Place, Sequence>> dealt,
      List<Column> schema,
      ShardForm<SequenceBatch> form) {
    List<Sequence> sequences = new ArrayList<>();
    dealt.forEachRemaining(placed -> sequences.add(placed._2));
    return List.of(form.shard(index, schema, sequences)).iterator();
  }

  /**
   * Order of {@link LocalShards#ORDER}.
   *
   * @param length time steps, longest first
   * @param hash of the content
   */
  record OrderKey(int length, long hash) implements Comparable<OrderKey>, Serializable {

    static OrderKey of(Sequence sequence) {
      return new OrderKey(sequence.length(), sequence.contentHash());
    }

    @Override
    public int compareTo(OrderKey other) {
      int byLength = Integer.compare(other.length, length);
      return byLength != 0 ? byLength : Long.compare(hash, other.hash);
    }
  }

  /**
   * Shard and place in it.
   *
   * @param shard index
   * @param rank in the order of all sequences
   */
  record Place(int shard, long rank) implements Comparable<Place>, Serializable {
    @Override
    public int compareTo(Place other) {
      int byShard = Integer.compare(shard, other.shard);
      return byShard != 0 ? byShard : Long.compare(rank, other.rank);
    }
  }

  /** The dealing, sent to executors: rank among all sequences → shard. */
  private static final class Plan implements Serializable {
    private static final long serialVersionUID = 1L;
    private final Sharding sharding;
    private final HashMap<Integer, Long> firstRank = new HashMap<>();

    Plan(NavigableMap<Integer, Long> counts, int shards) {
      sharding = new Sharding(counts, shards);
      long rank = 0;
      for (Map.Entry<Integer, Long> entry : counts.descendingMap().entrySet()) {
        firstRank.put(entry.getKey(), rank);
        rank += entry.getValue();
      }
    }

    Place place(int length, long rank) {
      long ordinal = rank - firstRank.getOrDefault(length, rank);
      return new Place(sharding.shardOf(length, ordinal), rank);
    }
  }

  private static final class ByShard extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int shards;

    ByShard(int shards) {
      this.shards = shards;
    }

    @Override
    public int numPartitions() {
      return shards;
    }

    @Override
    public int getPartition(Object key) {
      return ((Place) key).shard;
    }
  }
}
