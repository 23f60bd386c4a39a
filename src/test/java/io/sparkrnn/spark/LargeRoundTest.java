package io.sparkrnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A million parameters and 64 shards, on executors that are processes: the driver needs the heap
 * that two shards take, and tasks that fail, executors that die, and tasks that are run twice
 * change nothing.
 */
@Tag("slow")
class LargeRoundTest {
  private static final int FLOATS = 1_000_000;

  /** MiB: 64 vectors of a million floats are 244. */
  private static final int DRIVER_HEAP = 200;

  @TempDir private Path folder;

  @Test
  void theDriverNeedsForSixtyFourShardsTheHeapOfTwo() throws Exception {
    Outcome two = run(2, "none");
    Outcome many = run(64, "none");
    assertThat(two.hash).isEqualTo(expected(2));
    assertThat(many.hash).isEqualTo(expected(64));
    assertThat((double) many.alive / two.alive).isBetween(0.7, 1.1);
  }

  @Test
  void mishapsChangeNothing() throws Exception {
    Path marks = Files.createDirectory(folder.resolve("marks"));
    assertThat(run(64, marks.toString()).hash).isEqualTo(expected(64));
    assertThat(marks.resolve("late")).exists();
    assertThat(marks.resolve("failed")).exists();
    assertThat(marks.resolve("died")).exists();
  }

  /** Of the weighted means, one parameter after the other. */
  private static long expected(int shards) {
    float[] means = new float[FLOATS];
    for (int i = 0; i < FLOATS; i++) {
      double sum = 0;
      double weights = 0;
      for (int shard = 0; shard < shards; shard++) {
        double weight = LargeRound.Formula.weight(shard);
        sum += weight * LargeRound.Formula.value(shard, i);
        weights += weight;
      }
      means[i] = (float) (sum / weights);
    }
    return LargeRound.hash(means);
  }

  private record Outcome(long hash, long alive) {}

  private Outcome run(int shards, String marks) throws IOException, InterruptedException {
    String text;
    try (SparkProcess driver =
        SparkProcess.start(
            folder,
            "output-" + shards,
            List.of("-Xmx" + DRIVER_HEAP + "m"),
            LargeRound.class.getName(),
            "" + shards,
            "" + FLOATS,
            marks)) {
      text = driver.succeeded(5);
    }
    assertThat(text).contains("folded %d shards".formatted(shards));
    return new Outcome(number(text, "hash "), number(text, "alive "));
  }

  private static long number(String text, String label) {
    return text.lines()
        .filter(line -> line.startsWith(label))
        .mapToLong(line -> Long.parseLong(line.substring(label.length())))
        .findFirst()
        .orElseThrow();
  }
}
