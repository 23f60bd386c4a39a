package io.sparkrnn.sequence;

import io.sparkrnn.math.RandomKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Long sequences, each a stream of its own, cut into segments for truncated backpropagation through
 * time (Williams and Peng 1990). Streams are dealt once to lanes of like length; a mini-batch holds
 * one segment of every lane, the next one the segments that follow. A segment is shorter than the
 * others where its stream ends, so nothing is padded and no segment holds the border of two
 * streams.
 *
 * <p>Batches have two columns beside those of the schema, one row a segment: {@link #STREAM}, and
 * {@link #FROM}, the step of the stream at which the segment begins. Whoever carries states gives a
 * segment that begins at 0 none, and any other one the last state of the same stream in the
 * mini-batch before.
 */
public final class Streams implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Column: which stream a segment is of. */
  public static final String STREAM = "stream";

  /** Column: step of the stream at which the segment begins. */
  public static final String FROM = "from";

  private final SequenceSet segments;
  private final int[] firstSegment;
  private final int[][] lanes;

  /**
   * Cuts and deals.
   *
   * @param schema columns of the streams
   * @param streams in an order that decides which lane gets which
   * @param segment T: steps of a segment at most
   * @param laneCount lanes at most: segments a mini-batch
   */
  public Streams(List<Column> schema, List<Sequence> streams, int segment, int laneCount) {
    List<Column> columns = new ArrayList<>(schema);
    columns.add(Column.sequenceId(STREAM));
    columns.add(Column.sequenceId(FROM));
    List<Sequence> cut = new ArrayList<>();
    firstSegment = new int[streams.size() + 1];
    for (int s = 0; s < streams.size(); s++) {
      Sequence stream = streams.get(s);
      for (int from = 0; from < stream.length(); from += segment) {
        int to = Math.min(stream.length(), from + segment);
        cut.add(segmentOf(schema, stream, s, from, to));
      }
      firstSegment[s + 1] = cut.size();
    }
    segments = new SequenceSet(columns, cut);
    lanes = deal(streams, laneCount);
  }

  private static Sequence segmentOf(
      List<Column> schema, Sequence stream, int index, int from, int to) {
    float[][] values = new float[schema.size() + 2][0];
    int[][] ids = new int[schema.size() + 2][0];
    for (int c = 0; c < schema.size(); c++) {
      Column column = schema.get(c);
      boolean steps = column.scope() == Column.Scope.STEP;
      if (column.kind() == Column.Kind.VALUES) {
        values[c] =
            steps
                ? Arrays.copyOfRange(stream.values(c), from * column.width(), to * column.width())
                : stream.values(c);
      } else {
        ids[c] = steps ? Arrays.copyOfRange(stream.ids(c), from, to) : stream.ids(c);
      }
    }
    ids[schema.size()] = new int[] {index};
    ids[schema.size() + 1] = new int[] {from};
    return new Sequence(to - from, stream.weight(), values, ids);
  }

  /** The longest first, each to the lane with the fewest steps so far (Graham 1969). */
  private static int[][] deal(List<Sequence> streams, int laneCount) {
    Integer[] order = new Integer[streams.size()];
    Arrays.setAll(order, s -> s);
    Arrays.sort(order, Comparator.comparingInt(s -> -streams.get(s).length())); // stable
    List<List<Integer>> dealt = new ArrayList<>();
    PriorityQueue<long[]> queue =
        new PriorityQueue<>(
            Comparator.comparingLong((long[] load) -> load[0]).thenComparing(load -> load[1]));
    for (int lane = 0; lane < Math.min(laneCount, streams.size()); lane++) {
      dealt.add(new ArrayList<>());
      queue.add(new long[] {0, lane});
    }
    for (int s : order) {
      long[] least = queue.remove();
      dealt.get((int) least[1]).add(s);
      queue.add(new long[] {least[0] + streams.get(s).length(), least[1]});
    }
    return dealt.stream()
        .map(lane -> lane.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  /** Number of segments. */
  public int size() {
    return segments.size();
  }

  /** Time steps of all segments together. */
  public long steps() {
    return segments.steps();
  }

  /** 64 bits of the content in its order. */
  public long contentHash() {
    return segments.contentHash();
  }

  /** Time steps of each segment. */
  public int[] lengths() {
    return segments.lengths();
  }

  /** Mini-batches it takes to read everything once: segments of the lane that has most. */
  public int miniBatches() {
    int most = 0;
    for (int[] lane : lanes) {
      most = Math.max(most, segmentsOf(lane).length);
    }
    return most;
  }

  /** Segments of each mini-batch in order, the streams of a lane in the order they were dealt. */
  public int[][] batches() {
    return batches(lanes);
  }

  /** The same with the streams of every lane in a random order: the number of batches stays. */
  public int[][] shuffled(RandomKey key) {
    int[][] turned = new int[lanes.length][];
    for (int lane = 0; lane < lanes.length; lane++) {
      turned[lane] = lanes[lane].clone();
      key.child(lane).stream().shuffle(turned[lane]);
    }
    return batches(turned);
  }

  /** Packs segments, at least one. */
  public SequenceBatch gather(int[] items) {
    return segments.gather(items);
  }

  private int[][] batches(int[][] order) {
    int[][] queues = new int[order.length][];
    for (int lane = 0; lane < order.length; lane++) {
      queues[lane] = segmentsOf(order[lane]);
    }
    int[][] batches = new int[miniBatches()][];
    for (int b = 0; b < batches.length; b++) {
      int turn = b;
      batches[b] =
          Arrays.stream(queues)
              .filter(queue -> queue.length > turn)
              .mapToInt(queue -> queue[turn])
              .toArray();
    }
    return batches;
  }

  private int[] segmentsOf(int[] streams) {
    return Arrays.stream(streams)
        .flatMap(s -> IntStream.range(firstSegment[s], firstSegment[s + 1]))
        .toArray();
  }
}
