package io.sparkrnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One driver with two executors that are processes, and one fault after another: each training ends
 * in the bytes of threads in one quiet process, or in a clear failure; and leaves nothing.
 */
@Tag("slow")
class ExecutorFaultTest {
  private static final String[] FAULTS = {
    "quiet",
    "more-shards-than-slots",
    FaultyCell.THROW_ONCE,
    FaultyCell.THROW,
    "lost-blocks",
    FaultProgram.LATE,
    "executor-killed",
    "executors-killed-again-and-again"
  };

  @TempDir private static Path folder;
  private static final Map<String, String[]> RESULTS = new LinkedHashMap<>();
  private static String output;

  @BeforeAll
  static void trainUnderEveryFault() throws Exception {
    Files.createDirectories(folder.resolve("faults/local"));
    String[] arguments =
        Stream.concat(
                Stream.of("local-cluster[2,1,640]", folder.resolve("faults").toString()),
                Stream.of(FAULTS))
            .toArray(String[]::new);
    try (SparkProcess driver =
        SparkProcess.start(
            folder, "driver", List.of("-Xmx512m"), FaultProgram.class.getName(), arguments)) {
      output = driver.succeeded(12);
    }
    output
        .lines()
        .filter(line -> line.startsWith("RESULT "))
        .map(line -> line.split(" "))
        .forEach(words -> RESULTS.put(words[1], words));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quiet",
        "more-shards-than-slots",
        FaultyCell.THROW_ONCE,
        "lost-blocks",
        FaultProgram.LATE,
        "executor-killed",
        "executors-killed-again-and-again"
      })
  void theBytesAreThoseOfAQuietRunAndNothingIsLeft(String fault) {
    assertResult(fault, "same");
  }

  @Test
  void aTaskThatAlwaysThrowsFailsTheTrainingSoonAndTheContextIsUsable() {
    assertResult(FaultyCell.THROW, "failed:told_to_throw");
    assertThat(seconds(FaultyCell.THROW)).isLessThan(60);
  }

  @Test
  void noFileOfSparkIsLeftWhenTheDriverHasEnded() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("faults/local"))) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private static void assertResult(String fault, String outcome) {
    String[] result = RESULTS.get(fault);
    assertThat(result).as(output).isNotNull();
    assertThat(result[2]).as(output).isEqualTo(outcome);
    assertThat(result[4]).as(output).isEqualTo("clean");
  }

  private static double seconds(String fault) {
    return Double.parseDouble(RESULTS.get(fault)[3]);
  }
}
