package io.sparkrnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twenty trainings, each hit by a SIGKILL at a random moment: all end in the same bytes. */
@Tag("slow")
class RandomKillsTest {
  private static final int TRAININGS = 20;

  @TempDir private Path folder;

  @Test
  void everyTrainingEndsInTheBytesOfTheQuietRun() throws Exception {
    RandomKills kills = new RandomKills(folder, "local-cluster[2,1,640]", 20261124);
    List<RandomKills.Outcome> outcomes = new ArrayList<>();
    for (int i = 1; i <= TRAININGS; i++) {
      outcomes.add(kills.one(i));
    }
    System.out.println("random kills came to " + outcomes);
    assertThat(outcomes).allMatch(RandomKills.Outcome::same);
    assertThat(outcomes).extracting(RandomKills.Outcome::victim).contains("driver", "executor");
    assertThat(outcomes).anyMatch(outcome -> outcome.starts() > 1);
  }
}
