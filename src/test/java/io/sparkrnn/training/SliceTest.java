package io.sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.metric.LossSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vector folded slice by slice is, to the bit, the vector folded whole. */
class SliceTest {
  private static final int LENGTH = 101;

  /** Four results, of which the third is not finite and the fourth did nothing. */
  private static List<ShardResult> results() {
    Random random = new Random(17);
    List<ShardResult> results = new ArrayList<>();
    for (int shard = 0; shard < 4; shard++) {
      float[] vector = new float[LENGTH];
      for (int i = 0; i < LENGTH; i++) {
        vector[i] = (float) random.nextGaussian();
      }
      long steps = shard == 3 ? 0 : 7 + 4 * shard;
      vector[50] = shard == 2 ? Float.NaN : vector[50];
      LossSum loss = new LossSum(steps * 0.3, steps, steps);
      results.add(
          ShardResult.checked(new ShardSummary(shard, loss, 1, steps, steps, true), vector));
    }
    return results;
  }

  private static Slice.Folded folded(List<ShardResult> results, int sliceLength) {
    List<Slice.Folded> folded = new ArrayList<>();
    for (int slice = 0; slice < Slice.count(LENGTH, sliceLength); slice++) {
      int number = slice;
      folded.add(
          Slice.fold(results.stream().map(each -> Slice.of(each, number, sliceLength)).iterator()));
    }
    return Slice.Folded.join(folded, LENGTH);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 50, 100, 101, 102, 5000})
  void slicesOfAnyLengthGiveTheSameBytes(int sliceLength) {
    List<ShardResult> results = results();
    Slice.Folded whole =
        Slice.fold(
            results.stream().map(each -> new Slice(each.summary(), each.vector())).iterator());
    Slice.Folded folded = folded(results, sliceLength);
    assertThat(folded.values()).isEqualTo(whole.values());
    assertThat(folded.summaries()).isEqualTo(whole.summaries());
  }

  @Test
  void onlyFiniteShardsThatWorkedCount() {
    List<ShardResult> results = results();
    Slice.Folded folded = folded(results, 10);
    assertThat(folded.summaries())
        .extracting(ShardSummary::finite)
        .containsExactly(true, true, false, true);
    for (int i = 0; i < LENGTH; i++) {
      double sum = 7.0 * results.get(0).vector()[i] + 11.0 * results.get(1).vector()[i];
      assertThat(folded.values()[i]).isEqualTo((float) (sum / 18));
    }
  }

  @Test
  void theNumberOfSlicesCoversTheVector() {
    assertThat(Slice.count(0, 10)).isEqualTo(1);
    assertThat(Slice.count(9, 10)).isEqualTo(1);
    assertThat(Slice.count(10, 10)).isEqualTo(1);
    assertThat(Slice.count(11, 10)).isEqualTo(2);
  }

  @Test
  void aVectorOrALossThatIsNotFiniteTakesAResultOut() {
    LossSum loss = new LossSum(1, 2, 3);
    ShardSummary sound = new ShardSummary(5, loss, 1, 3, 3, true);
    ShardSummary spoilt =
        new ShardSummary(5, new LossSum(Double.POSITIVE_INFINITY, 2, 3), 1, 3, 3, true);
    assertThat(ShardResult.checked(sound, new float[] {1, -Float.MAX_VALUE}).summary())
        .isEqualTo(sound);
    assertThat(ShardResult.checked(spoilt, new float[] {1}).summary().finite()).isFalse();
    ShardSummary dropped =
        ShardResult.checked(sound, new float[] {1, Float.NEGATIVE_INFINITY}).summary();
    assertThat(dropped).isEqualTo(new ShardSummary(5, loss, 1, 0, 0, false));
  }
}
