package io.sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.testing.Sample;
import io.sparkrnn.testing.Sample.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Shards get equal work, whatever the order of arrival, and every sequence goes to one of them. */
class ShardingTest {
  private static NavigableMap<Integer, Long> counts(int... lengths) {
    NavigableMap<Integer, Long> counts = new TreeMap<>();
    Arrays.stream(lengths).forEach(length -> counts.merge(length, 1L, Long::sum));
    return counts;
  }

  /** Time steps of each shard. */
  private static long[] loads(NavigableMap<Integer, Long> counts, int shards) {
    Sharding sharding = new Sharding(counts, shards);
    long[] loads = new long[shards];
    counts.forEach(
        (length, count) -> {
          for (long ordinal = 0; ordinal < count; ordinal++) {
            loads[sharding.shardOf(length, ordinal)] += length;
          }
        });
    return loads;
  }

  @RepeatedTest(30)
  void workIsEqualUpToOneSequence(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int longest = 1 + random.nextInt(200);
    int[] lengths = random.ints(1 + random.nextInt(400), 1, longest + 1).toArray();
    int shards = 1 + random.nextInt(12);
    long[] loads = loads(counts(lengths), shards);
    long total = Arrays.stream(lengths).asLongStream().sum();
    assertThat(Arrays.stream(loads).sum()).isEqualTo(total);
    // Graham 1969: the last sequence dealt to a shard found it at most at the mean.
    long slowest = Arrays.stream(loads).max().orElseThrow();
    assertThat(slowest).isLessThanOrEqualTo(total / shards + longest);
    assertThat(slowest - Arrays.stream(loads).min().orElseThrow()).isLessThanOrEqualTo(longest);
  }

  @RepeatedTest(10)
  void withManySequencesTheSlowestShardIsWithinFivePercentOfTheMean(RepetitionInfo repetition) {
    Random random = new Random(100 + repetition.getCurrentRepetition());
    // Lengths as of text: many short ones and a long tail.
    int[] lengths =
        IntStream.generate(() -> 1 + (int) (-20 * Math.log(1 - random.nextDouble())))
            .limit(2000)
            .toArray();
    for (int shards : new int[] {2, 3, 8, 16}) {
      double mean = Arrays.stream(lengths).sum() / (double) shards;
      long slowest = Arrays.stream(loads(counts(lengths), shards)).max().orElseThrow();
      assertThat(slowest / mean).isLessThan(1.05);
    }
  }

  @RepeatedTest(5)
  void everySequenceGoesToOneShardWhateverTheOrderOfArrival(RepetitionInfo repetition) {
    int seed = repetition.getCurrentRepetition();
    Sample sample = Sample.random(Task.LABELLING, seed, 57, 6);
    List<Sequence> sequences = new ArrayList<>(sample.sequences());
    sequences.addAll(sample.sequences().subList(0, 9)); // the same content twice
    LocalShards<SequenceBatch> expected = new Sample(Task.LABELLING, sequences).shards(4);
    assertThat(expected.items()).isEqualTo(sequences.size());
    assertThat(expected.steps()).isEqualTo(sequences.stream().mapToInt(Sequence::length).sum());
    List<Float> dealt = new ArrayList<>(values(expected).stream().flatMap(List::stream).toList());
    List<Float> given = new ArrayList<>();
    sequences.forEach(sequence -> addAll(given, sequence.values(0)));
    assertThat(dealt).containsExactlyInAnyOrderElementsOf(given);

    Collections.shuffle(sequences, new Random(seed));
    LocalShards<SequenceBatch> shuffled = new Sample(Task.LABELLING, sequences).shards(4);
    assertThat(shuffled.infos()).isEqualTo(expected.infos());
    assertThat(values(shuffled)).isEqualTo(values(expected));
  }

  /** The column x of every shard, sequence after sequence. */
  private static List<List<Float>> values(LocalShards<SequenceBatch> shards) {
    List<List<Float>> all = new ArrayList<>();
    for (Shard<SequenceBatch> shard : shards.shards()) {
      List<Float> values = new ArrayList<>();
      for (int item = 0; item < shard.lengths().length; item++) {
        addAll(values, shard.batch(new int[] {item}).values("x").toArray());
      }
      all.add(values);
    }
    return all;
  }

  private static void addAll(List<Float> list, float[] values) {
    for (float value : values) {
      list.add(value);
    }
  }

  @Test
  void fewerSequencesThanShardsLeaveShardsEmpty() {
    LocalShards<SequenceBatch> shards = Sample.of(Task.CLASSIFICATION, 1, 4, 9).shards(8);
    assertThat(shards.count()).isEqualTo(8);
    assertThat(shards.infos()).extracting(ShardInfo::items).containsExactly(1, 1, 0, 0, 0, 0, 0, 0);
    assertThat(shards.infos()).extracting(ShardInfo::steps).startsWith(9L, 4L);
  }

  @Test
  void aSequenceThatWasNotPlannedForIsNamed() {
    Sharding sharding = new Sharding(counts(4, 4, 9), 2);
    assertThat(sharding.shards()).isEqualTo(2);
    assertThatThrownBy(() -> sharding.shardOf(4, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("length 4");
  }
}
