package io.sparkrnn.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.math.RandomKey;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sequence once an epoch, in an order that the key alone decides, among like lengths. */
class BatcherTest {
  private static final RandomKey KEY = RandomKey.ofSeed(5);

  private static int[] lengths(int count) {
    return new Random(count).ints(count, 1, 200).toArray();
  }

  private static int[] flat(int[][] batches) {
    return Stream.of(batches).flatMapToInt(Arrays::stream).toArray();
  }

  static Stream<Arguments> countsAndSizes() {
    return IntStream.of(0, 1, 2, 31, 32, 33, 1000)
        .boxed()
        .flatMap(
            count ->
                Stream.of(1, 2, 7, 32, 2000, Integer.MAX_VALUE)
                    .map(size -> Arguments.of(count, size)));
  }

  @ParameterizedTest
  @MethodSource("countsAndSizes")
  void batchesAreAPermutationCutIntoSizes(int count, int batchSize) {
    int[][] batches = Batcher.shuffled(lengths(count), batchSize, KEY);
    assertThat(flat(batches)).containsExactlyInAnyOrder(IntStream.range(0, count).toArray());
    assertThat(batches).hasNumberOfRows((int) Math.ceil(count / (double) batchSize));
    int full = (int) Stream.of(batches).filter(batch -> batch.length == batchSize).count();
    assertThat(full).isEqualTo(count / batchSize);
  }

  @ParameterizedTest
  @MethodSource("countsAndSizes")
  void batchesToEvaluateAreBoundedInSequencesAndSteps(int count, int batchSize) {
    int[] lengths = lengths(count);
    int[][] batches = Batcher.sorted(lengths, batchSize);
    assertThat(flat(batches)).containsExactlyInAnyOrder(IntStream.range(0, count).toArray());
    for (int[] batch : batches) {
      assertThat(batch.length).isBetween(1, batchSize);
      assertThat(Arrays.stream(batch).map(i -> lengths[i]).sum()).isLessThanOrEqualTo(1 << 14);
    }
  }

  @Test
  void aSequenceLongerThanTheBoundIsEvaluatedAlone() {
    int[] lengths = {3, 100_000, 3, 100_000};
    assertThat(Batcher.sorted(lengths, 8)).isDeepEqualTo(new int[][] {{1}, {3}, {0, 2}});
  }

  @Test
  void theKeyDecidesTheOrder() {
    int[] lengths = lengths(100);
    int[][] first = Batcher.shuffled(lengths, 8, KEY);
    assertThat(Batcher.shuffled(lengths, 8, KEY)).isDeepEqualTo(first);
    assertThat(flat(Batcher.shuffled(lengths, 8, KEY.child(1)))).isNotEqualTo(flat(first));
  }

  @Test
  void sequencesOfLikeLengthMeet() {
    int[] lengths = lengths(3200);
    int[][] batches = Batcher.shuffled(lengths, 20, KEY);
    double padded = 0;
    for (int[] batch : batches) {
      padded += 20.0 * Arrays.stream(batch).map(i -> lengths[i]).max().orElseThrow();
    }
    double steps = Arrays.stream(lengths).sum();
    // Drawn at random the longest of 20 is nearly twice the mean.
    assertThat(padded / steps).isLessThan(1.1);
  }

  @Test
  void batchesDoNotComeInTheOrderOfTheirLengths() {
    int[] lengths = lengths(3200);
    int[][] batches = Batcher.shuffled(lengths, 20, KEY);
    int falls = 0;
    for (int i = 1; i < batches.length; i++) {
      falls += lengths[batches[i][0]] < lengths[batches[i - 1][0]] ? 1 : 0;
    }
    assertThat(falls).isBetween(50, 110);
  }

  @Test
  void batchesChangeFromEpochToEpoch() {
    int[] lengths = lengths(640);
    int[][] first = Batcher.shuffled(lengths, 10, KEY.child(0));
    int[][] second = Batcher.shuffled(lengths, 10, KEY.child(1));
    long same =
        Stream.of(first)
            .filter(batch -> Stream.of(second).anyMatch(other -> Arrays.equals(batch, other)))
            .count();
    assertThat(same).isZero();
  }

  @Test
  void evaluationGoesFromTheLongestToTheShortest() {
    int[] lengths = lengths(77);
    int[] order = flat(Batcher.sorted(lengths, 10));
    for (int i = 1; i < order.length; i++) {
      assertThat(lengths[order[i]]).isLessThanOrEqualTo(lengths[order[i - 1]]);
      if (lengths[order[i]] == lengths[order[i - 1]]) {
        assertThat(order[i]).isGreaterThan(order[i - 1]);
      }
    }
  }
}
