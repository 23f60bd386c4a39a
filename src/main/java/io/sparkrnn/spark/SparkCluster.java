package io.sparkrnn.spark;

import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.training.Cluster;
import io.sparkrnn.training.Round;
import io.sparkrnn.training.Shard;
import io.sparkrnn.training.ShardResult;
import io.sparkrnn.training.ShardSummary;
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
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Function2;
import scala.Tuple2;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Rounds on Spark: the state is carried to the tasks, each works on its cached shard, and the
 * results are folded in shard order. Small results are folded on the driver; large ones are cut
 * into slices that executors fold, so that the driver never holds more than one vector however many
 * shards there are. Both ways give the same bits.
 */
public final class SparkCluster implements Cluster {

  private static final float[] NONE = {};

  /** Floats of all shards together that the driver folds by itself: 16 MiB. */
  private static final long DRIVER_FLOATS = 1L << 22;

  /** Floats of all shards together that an executor folds in one task: 64 MiB. */
  private static final int SLICE_FLOATS = 1 << 24;

  /** Slices are between 256 KiB and 4 MiB: a task costs a few milliseconds whatever it folds. */
  private static final int SMALLEST_SLICE = 1 << 16;

  private static final int LARGEST_SLICE = 1 << 20;

  /** So few that Spark writes each slice straight to its file, without sorting. */
  private static final int MOST_SLICES = 200;

  private final JavaSparkContext context;
  private final Carrier carrier;
  private final long driverFloats;
  private final int largestSlice;

  /** Uses a running context, which is never stopped here. */
  public SparkCluster(JavaSparkContext context) {
    this(context, DRIVER_FLOATS, LARGEST_SLICE);
  }

  SparkCluster(JavaSparkContext context, long driverFloats, int largestSlice) {
    this.context = context;
    this.carrier = new Carrier(context);
    this.driverFloats = driverFloats;
    this.largestSlice = largestSlice;
  }

  @Override
  public <B> Slice.Folded run(Round<B> round, TrainingState start, Shards<B> shards, String label) {
    try (Carrier.Load load = carrier.carry(start.parameters(), start.memory())) {
      CarriedState carried =
          new CarriedState(start.startingAt(NONE, NONE), load.vector(0), load.vector(1));
      JavaRDD<ShardResult> results = rdd(shards).map(shard -> round.work(carried.state(), shard));
      context.sc().setJobDescription(label);
      return (long) round.vectorLength() * shards.count() <= driverFloats
          ? foldOnDriver(results)
          : foldOnExecutors(results, round.vectorLength(), shards.count());
    } finally {
      context.sc().setJobDescription(null);
    }
  }

  @Override
  public <B, R extends Serializable> List<R> map(
      ShardFunction<B, R> function, float[] parameters, Shards<B> shards, String label) {
    try (Carrier.Load load = carrier.carry(parameters)) {
      Carrier.Vector carried = load.vector(0);
      context.sc().setJobDescription(label);
      return rdd(shards).map(shard -> function.apply(carried.values(), shard)).collect();
    } finally {
      context.sc().setJobDescription(null);
    }
  }

  @Override
  public void close() {
    carrier.close();
  }

  private static Slice.Folded foldOnDriver(JavaRDD<ShardResult> results) {
    List<Tuple2<ShardSummary, FloatBlock>> collected =
        new ArrayList<>(
            results
                .map(result -> new Tuple2<>(result.summary(), new FloatBlock(result.vector())))
                .collect());
    collected.sort(Comparator.comparingInt(result -> result._1.shard()));
    return Slice.fold(
        collected.stream().map(result -> new Slice(result._1, result._2.values())).iterator());
  }

  /** Each slice is put in its place as it arrives; the first brings the summaries. */
  private Slice.Folded foldOnExecutors(JavaRDD<ShardResult> results, int length, int shards) {
    int sliceFloats = sliceFloats(length, shards);
    int slices = Slice.count(length, sliceFloats);
    JavaRDD<Slice.Folded> folded =
        results
            .flatMapToPair(result -> cut(result, slices, sliceFloats))
            .repartitionAndSortWithinPartitions(new BySlice(slices))
            .mapPartitions(pairs -> List.of(Slice.fold(new Values(pairs))).iterator(), true);
    float[] whole = new float[length];
    List<ShardSummary> summaries = new ArrayList<>();
    Take take = (task, slice) -> packed(task, slice);
    Place place =
        (slice, arrived) -> {
          float[] values = arrived._2.values();
          System.arraycopy(values, 0, whole, (int) slice * sliceFloats, values.length);
          summaries.addAll(arrived._1);
          return BoxedUnit.UNIT;
        };
    context.sc().runJob(folded.rdd(), take, place, ClassTag$.MODULE$.apply(Tuple2.class));
    return new Slice.Folded(summaries, whole);
  }

  /**
   * Few slices where shards are few; where they are many, so small that a task can hold them of all
   * shards.
   */
  private int sliceFloats(int length, int shards) {
    int ofOneShard = Math.max(SMALLEST_SLICE, SLICE_FLOATS / shards);
    return Math.max(length / MOST_SLICES + 1, Math.min(largestSlice, ofOneShard));
  }

  private static Tuple2<List<ShardSummary>, FloatBlock> packed(
      TaskContext task, scala.collection.Iterator<Slice.Folded> slice) {
    Slice.Folded folded = slice.next();
    List<ShardSummary> summaries = task.partitionId() == 0 ? folded.summaries() : List.of();
    return new Tuple2<>(summaries, new FloatBlock(folded.values()));
  }

  private static Iterator<Tuple2<SliceKey, Tuple2<ShardSummary, FloatBlock>>> cut(
      ShardResult result, int slices, int sliceFloats) {
    return IntStream.range(0, slices)
        .mapToObj(
            k -> {
              int from = k * sliceFloats;
              int to = Math.min(result.vector().length, from + sliceFloats);
              return new Tuple2<>(
                  new SliceKey(k, result.summary().shard()),
                  new Tuple2<>(result.summary(), new FloatBlock(result.vector(), from, to)));
            })
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

  private record Values(Iterator<Tuple2<SliceKey, Tuple2<ShardSummary, FloatBlock>>> pairs)
      implements Iterator<Slice> {
    @Override
    public boolean hasNext() {
      return pairs.hasNext();
    }

    @Override
    public Slice next() {
      Tuple2<ShardSummary, FloatBlock> next = pairs.next()._2;
      return new Slice(next._1, next._2.values());
    }
  }

  /** What a task gives of its slice. */
  private interface Take
      extends Function2<
              TaskContext,
              scala.collection.Iterator<Slice.Folded>,
              Tuple2<List<ShardSummary>, FloatBlock>>,
          Serializable {}

  /** What the driver does with it. */
  private interface Place
      extends Function2<Object, Tuple2<List<ShardSummary>, FloatBlock>, BoxedUnit> {}

  /**
   * A state whose arrays travel apart from its counts.
   *
   * @param counts the state with neither parameters nor memory
   * @param parameters N values
   * @param memory the optimizer's
   */
  private record CarriedState(
      TrainingState counts, Carrier.Vector parameters, Carrier.Vector memory)
      implements Serializable {
    TrainingState state() {
      return counts.startingAt(parameters.values(), memory.values());
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
