package io.sparkrnn.training;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An item that pulls θ towards itself: what a shard computes from points can be followed by hand.
 *
 * @param steps time steps it counts for
 * @param x where it pulls to
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares points
record Point(int steps, float... x) implements Serializable {

  /**
   * A shard of points.
   *
   * @param index place among the shards
   * @param points in their order
   */
  record PointShard(int index, List<Point> points) implements Shard<List<Point>> {
    @Override
    public int[] lengths() {
      return points.stream().mapToInt(Point::steps).toArray();
    }

    @Override
    public long steps() {
      return points.stream().mapToLong(Point::steps).sum();
    }

    @Override
    public List<Point> batch(int[] items) {
      return Arrays.stream(items).mapToObj(points::get).toList();
    }
  }

  /** Shards in the order given. */
  @SafeVarargs
  static LocalShards<List<Point>> shards(List<Point>... shards) {
    return new LocalShards<>(
        IntStream.range(0, shards.length)
            .<Shard<List<Point>>>mapToObj(index -> new PointShard(index, shards[index]))
            .toList());
  }
}
