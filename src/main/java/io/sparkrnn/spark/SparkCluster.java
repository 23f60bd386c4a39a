package io.sparkrnn.spark;

import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.training.Cluster;
import io.sparkrnn.training.Round;
import io.sparkrnn.training.Shard;
import io.sparkrnn.training.ShardResult;
import io.sparkrnn.training.Shards;
import io.sparkrnn.training.Slice;
import io.sparkrnn.training.TrainingState;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Rounds on Spark: the state is broadcast, each task works on its cached shard, and the results are
 * folded in shard order. Small results are folded on the driver; large ones are cut into slices
 * that executors fold, so that the driver never holds more than one vector however many shards
 * there are. Both ways give the same bits.
 */
public final class SparkCluster implements Cluster {

  /** Floats of all shards together that the driver folds by itself: 16 MiB. */
  private static final long DRIVER_FLOATS = 1L << 22;

  /** Floats of a slice that an executor folds. */
  private static final int SLICE_FLOATS = 1 << 20;

  private final JavaSparkContext context;
  private final long driverFloats;
  private final int sliceFloats;

  /** Uses a running context, which is never stopped here. */
  public SparkCluster(JavaSparkContext context) {
    this(context, DRIVER_FLOATS, SLICE_FLOATS);
  }

  SparkCluster(JavaSparkContext context, long driverFloats, int sliceFloats) {
    this.context = context;
    this.driverFloats = driverFloats;
    this.sliceFloats = sliceFloats;
  }

  @Override
  public <B> Slice.Folded run(Round<B> round, TrainingState start, Shards<B> shards, String label) {
    JavaRDD<Shard<B>> rdd = rdd(shards);
    context.sc().setJobDescription(label);
    Broadcast<TrainingState> broadcast = context.broadcast(start);
    try {
      return (long) round.vectorLength() * shards.count() <= driverFloats
          ? foldOnDriver(round, broadcast, rdd)
          : foldOnExecutors(round, broadcast, rdd, sliceFloats);
    } finally {
      broadcast.destroy();
      context.sc().setJobDescription(null);
    }
  }

  @Override
  public <B, R extends Serializable> List<R> map(
      ShardFunction<B, R> function, float[] parameters, Shards<B> shards, String label) {
    JavaRDD<Shard<B>> rdd = rdd(shards);
    context.sc().setJobDescription(label);
    Broadcast<float[]> broadcast = context.broadcast(parameters);
    try {
      return rdd.map(shard -> function.apply(broadcast.value(), shard)).collect();
    } finally {
      broadcast.destroy();
      context.sc().setJobDescription(null);
    }
  }

  private static <B> Slice.Folded foldOnDriver(
      Round<B> round, Broadcast<TrainingState> start, JavaRDD<Shard<B>> rdd) {
    List<ShardResult> results =
        new ArrayList<>(rdd.map(shard -> round.work(start.value(), shard)).collect());
    results.sort(Comparator.comparingInt(result -> result.summary().shard()));
    return Slice.fold(
        results.stream().map(result -> new Slice(result.summary(), result.vector())).iterator());
  }

  private static <B> Slice.Folded foldOnExecutors(
      Round<B> round, Broadcast<TrainingState> start, JavaRDD<Shard<B>> rdd, int sliceFloats) {
    int slices = Slice.count(round.vectorLength(), sliceFloats);
    List<Slice.Folded> folded =
        rdd.flatMapToPair(shard -> cut(round.work(start.value(), shard), slices, sliceFloats))
            .repartitionAndSortWithinPartitions(new BySlice(slices))
            .mapPartitions(pairs -> List.of(Slice.fold(new Values(pairs))).iterator(), true)
            .collect();
    return Slice.Folded.join(folded, round.vectorLength());
  }

  private static Iterator<Tuple2<SliceKey, Slice>> cut(
      ShardResult result, int slices, int sliceFloats) {
    return IntStream.range(0, slices)
        .mapToObj(
            k ->
                new Tuple2<>(
                    new SliceKey(k, result.summary().shard()), Slice.of(result, k, sliceFloats)))
        .iterator();
  }

  @SuppressWarnings("unchecked") // SparkShards hold sequence batches, whose B the caller names.
  private static <B> JavaRDD<Shard<B>> rdd(Shards<B> shards) {
    if (!(shards instanceof SparkShards distributed)) {
      throw new IllegalArgumentException(
          "a Spark cluster works on SparkShards, found " + shards.getClass().getName());
    }
    JavaRDD<Shard<SequenceBatch>> rdd = distributed.rdd();
    return (JavaRDD<Shard<B>>) (JavaRDD<?>) rdd;
  }

  /**
   * Slice, then shard: the order in which slices are folded.
   *
   * @param slice which slice
   * @param shard whose
   */
  record SliceKey(int slice, int shard) implements Comparable<SliceKey>, Serializable {
    @Override
    public int compareTo(SliceKey other) {
      int bySlice = Integer.compare(slice, other.slice);
      return bySlice != 0 ? bySlice : Integer.compare(shard, other.shard);
    }
  }

  private record Values(Iterator<Tuple2<SliceKey, Slice>> pairs) implements Iterator<Slice> {
    @Override
    public boolean hasNext() {
      return pairs.hasNext();
    }

    @Override
    public Slice next() {
      return pairs.next()._2;
    }
  }

  private static final class BySlice extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int slices;

    BySlice(int slices) {
      this.slices = slices;
    }

    @Override
    public int numPartitions() {
      return slices;
    }

    @Override
    public int getPartition(Object key) {
      return ((SliceKey) key).slice;
    }
  }
}
