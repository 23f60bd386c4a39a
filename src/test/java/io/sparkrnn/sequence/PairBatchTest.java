package io.sparkrnn.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.testing.Pairs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Joint sequences taken apart are the pairs that were joined, whatever their lengths. */
class PairBatchTest {

  @Test
  void sourcesAndTargetsAreThoseThatWereJoined() {
    Pairs pairs =
        Pairs.of(9, new int[] {4, 3}, new int[] {1, 0}, new int[] {3, 5, 2, 0}, new int[] {6, 1});
    SequenceBatch joint = pairs.joint();
    PairBatch batch = PairBatch.of(joint, Pairs.COLUMNS, Pairs.BOUNDARY);
    assertThat(batch.source().sequences()).isEqualTo(4);
    assertThat(batch.target().sequences()).isEqualTo(6);
    for (int rank = 0; rank < 4; rank++) {
      int pair = batch.positionOf(rank, joint);
      assertThat(ids(batch.source(), "word", rank)).isEqualTo(pairs.sources().get(pair));
      assertThat(batch.source().weight(rank)).isEqualTo(pairs.weights().get(pair));
      List<int[]> targets = pairs.targets().get(pair);
      assertThat(batch.referencesOf().get(rank)).hasSize(targets.size());
      assertThat(batch.referencesOf().get(rank).stream().map(batch::reference).toList())
          .usingRecursiveComparison()
          .ignoringCollectionOrder()
          .isEqualTo(targets);
      for (int target : batch.referencesOf().get(rank)) {
        assertThat(batch.sourceOf()[target]).isEqualTo(rank);
        assertThat(batch.target().weight(target)).isEqualTo(pairs.weights().get(pair));
      }
    }
  }

  @Test
  void inputsAreTheTargetsOneStepLaterBehindTheBoundary() {
    Pairs pairs = Pairs.of(9, new int[] {4, 3}, new int[] {1, 0}, new int[] {3, 5});
    PairBatch batch = PairBatch.of(pairs.joint(), Pairs.COLUMNS, Pairs.BOUNDARY);
    for (int rank = 0; rank < 3; rank++) {
      int[] said = ids(batch.target(), PairBatch.TARGET, rank);
      int[] before = ids(batch.target(), PairBatch.INPUT, rank);
      assertThat(said[said.length - 1]).isEqualTo(Pairs.BOUNDARY);
      assertThat(before[0]).isEqualTo(Pairs.BOUNDARY);
      for (int t = 1; t < said.length; t++) {
        assertThat(before[t]).isEqualTo(said[t - 1]);
      }
    }
  }

  private static int[] ids(SequenceBatch batch, String column, int rank) {
    int[] ids = new int[batch.packing().length(rank)];
    for (int t = 0; t < ids.length; t++) {
      ids[t] = batch.ids(column)[batch.packing().row(rank, t)];
    }
    return ids;
  }
}
