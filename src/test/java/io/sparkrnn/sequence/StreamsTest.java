package io.sparkrnn.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.math.RandomKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Streams are read whole, once, in order, and without padding: every stream's segments come in
 * mini-batches that follow one another, however many streams and lanes there are.
 */
class StreamsTest {
  private static final List<Column> SCHEMA = List.of(Column.ids("token"));

  @Test
  void everyStreamIsReadFromItsBeginningToItsEndInConsecutiveBatches() {
    Random random = new Random(1);
    for (int streamCount : new int[] {1, 2, 5, 17}) {
      for (int lanes : new int[] {1, 3, 8}) {
        for (int segment : new int[] {1, 4, 100}) {
          List<Sequence> streams = streams(streamCount, random);
          Streams cut = new Streams(SCHEMA, streams, segment, lanes);
          assertReadsAll(streams, cut, cut.batches(), lanes, segment);
          int[][] shuffled = cut.shuffled(RandomKey.ofSeed(random.nextInt()));
          assertReadsAll(streams, cut, shuffled, lanes, segment);
          assertThat(shuffled.length).isEqualTo(cut.miniBatches());
        }
      }
    }
  }

  @Test
  void streamsOfALaneChangePlacesFromKeyToKey() {
    Streams cut = new Streams(SCHEMA, streams(12, new Random(3)), 5, 2);
    assertThat(Arrays.deepToString(cut.shuffled(RandomKey.ofSeed(1))))
        .isEqualTo(Arrays.deepToString(cut.shuffled(RandomKey.ofSeed(1))))
        .isNotEqualTo(Arrays.deepToString(cut.shuffled(RandomKey.ofSeed(2))));
  }

  @Test
  void lanesOfEqualStreamsAreEquallyLong() {
    List<Sequence> streams = new ArrayList<>();
    for (int s = 0; s < 8; s++) {
      streams.add(stream(100 * s, 30));
    }
    Streams cut = new Streams(SCHEMA, streams, 10, 4);
    assertThat(cut.miniBatches()).isEqualTo(6);
    for (int[] batch : cut.batches()) {
      assertThat(batch).hasSize(4);
    }
  }

  private static void assertReadsAll(
      List<Sequence> streams, Streams cut, int[][] batches, int lanes, int segment) {
    Map<Integer, List<Integer>> read = new TreeMap<>();
    Map<Integer, Integer> lastBatch = new TreeMap<>();
    for (int b = 0; b < batches.length; b++) {
      assertThat(batches[b].length).isBetween(1, lanes);
      SequenceBatch batch = cut.gather(batches[b]);
      assertThat(batch.steps()).isLessThanOrEqualTo(segment);
      for (int rank = 0; rank < batch.sequences(); rank++) {
        int stream = batch.ids(Streams.STREAM)[rank];
        List<Integer> tokens = read.computeIfAbsent(stream, key -> new ArrayList<>());
        assertThat(batch.ids(Streams.FROM)[rank]).isEqualTo(tokens.size());
        if (!tokens.isEmpty()) {
          assertThat(lastBatch.get(stream)).isEqualTo(b - 1);
        }
        lastBatch.put(stream, b);
        for (int t = 0; t < batch.packing().length(rank); t++) {
          tokens.add(batch.ids("token")[batch.packing().row(rank, t)]);
        }
      }
    }
    for (int s = 0; s < streams.size(); s++) {
      int[] tokens = read.get(s).stream().mapToInt(Integer::intValue).toArray();
      assertThat(tokens).isEqualTo(streams.get(s).ids(0));
    }
  }

  private static List<Sequence> streams(int count, Random random) {
    List<Sequence> streams = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      streams.add(stream(1000 * s, 1 + random.nextInt(23)));
    }
    return streams;
  }

  private static Sequence stream(int first, int length) {
    int[] tokens = new int[length];
    Arrays.setAll(tokens, t -> first + t);
    return new Sequence(length, 1f, new float[][] {{}}, new int[][] {tokens});
  }
}
