package io.sparkrnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.training.LocalShards;
import io.sparkrnn.training.ShardInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardParityTest {

  private static final List<Sequence> SEQUENCES = RaggedTraining.sequences(60);

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "2,5", "5,3", "5,60", "70,2"})
  void shardsAreThoseOfOneProcessWhateverThePartitionsAndOrderOfTheSource(
      int shards, int partitions) {
    List<Sequence> arrived = new ArrayList<>(SEQUENCES);
    Collections.shuffle(arrived, new Random(31L * shards + partitions));
    List<List<String>> local =
        LocalShards.of(RaggedTraining.SCHEMA, SEQUENCES, shards).shards().stream()
            .map(RaggedTraining::contents)
            .toList();
    try (SparkShards distributed = shards(arrived, partitions, shards)) {
      List<List<String>> found = distributed.rdd().map(RaggedTraining::contents).collect();
      assertThat(found).isEqualTo(local);
      assertThat(distributed.infos())
          .isEqualTo(LocalShards.of(RaggedTraining.SCHEMA, SEQUENCES, shards).infos());
    }
  }

  @Test
  void moreShardsThanSequencesLeaveEmptyOnes() {
    try (SparkShards shards = shards(SEQUENCES.subList(0, 3), 8, 8)) {
      assertThat(shards.count()).isEqualTo(8);
      assertThat(shards.items()).isEqualTo(3);
      assertThat(shards.infos()).extracting(ShardInfo::items).containsOnly(0, 1);
      assertThat(shards.infos())
          .extracting(ShardInfo::index)
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }
  }

  @Test
  void shardsCarryLikeNumbersOfTimeSteps() {
    try (SparkShards shards = shards(SEQUENCES, 4, 4)) {
      long longest = SEQUENCES.stream().mapToInt(Sequence::length).max().orElseThrow();
      List<Long> steps = shards.infos().stream().map(ShardInfo::steps).toList();
      assertThat(shards.steps()).isEqualTo(SEQUENCES.stream().mapToLong(Sequence::length).sum());
      assertThat(Collections.max(steps) - Collections.min(steps)).isLessThanOrEqualTo(longest);
    }
  }

  @Test
  void nothingAtAllMakesEmptyShards() {
    try (SparkShards shards = shards(List.of(), 1, 2)) {
      assertThat(shards.items()).isZero();
      assertThat(shards.count()).isEqualTo(2);
    }
  }

  @Test
  void closedShardsGiveTheirCacheBack() {
    int before = RaggedTraining.context().getPersistentRDDs().size();
    SparkShards shards = shards(SEQUENCES, 4, 2);
    assertThat(RaggedTraining.context().getPersistentRDDs()).hasSize(before + 1);
    shards.close();
    assertThat(RaggedTraining.context().getPersistentRDDs()).hasSize(before);
  }

  private static SparkShards shards(List<Sequence> sequences, int partitions, int shards) {
    return SparkShards.of(
        "test shards", RaggedTraining.SCHEMA, RaggedTraining.rdd(sequences, partitions), shards);
  }
}
