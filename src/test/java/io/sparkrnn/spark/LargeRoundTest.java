package io.sparkrnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    Path home = folder.resolve("spark");
    Files.createDirectories(home.resolve("jars")); // executors get the class path of this test
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx" + DRIVER_HEAP + "m", "-XX:+UseSerialGC"));
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(place -> Path.of(place).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    command.addAll(List.of("-cp", classPath));
    command.addAll(List.of(LargeRound.class.getName(), "" + shards, "" + FLOATS, marks));
    Path output = folder.resolve("output-" + shards);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly();
    String text = Files.readString(output);
    assertThat(ended && process.exitValue() == 0).as(text).isTrue();
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
