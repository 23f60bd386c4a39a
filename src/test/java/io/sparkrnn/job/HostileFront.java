package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.TestSpark;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;

/**
 * The whole program, given what may be wrong in any way, over one Spark. It may succeed or refuse;
 * it must answer in time, with a documented exit code and words, and leave no half-written output.
 */
final class HostileFront implements AutoCloseable {
  private static final long SECONDS = 120;
  private static final int MOST_LINES = 60;
  private static final int MOST_FAILURES = 40;

  /** Compiling queries would take longer than running them. */
  private static final Map<String, String> QUICK =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.adaptive.enabled", "false",
          "spark.sql.shuffle.partitions", "1");

  private final Path folder;
  private final SparkSession spark = TestSpark.session();
  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private final List<String> failures = new ArrayList<>();
  private final Map<ExitCode, Integer> ends = new EnumMap<>(ExitCode.class);
  private final Map<ExitCode, Double> seconds = new EnumMap<>(ExitCode.class);
  private final org.apache.hadoop.fs.Path workingFolder;

  HostileFront() {
    try {
      this.folder = Files.createTempDirectory("hostile").toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    QUICK.forEach(spark.conf()::set);
    workingFolder = local().getWorkingDirectory();
    local().setWorkingDirectory(new org.apache.hadoop.fs.Path(folder.resolve("here").toUri()));
  }

  /** Relative paths lead into the folder too. */
  private FileSystem local() {
    try {
      return FileSystem.getLocal(spark.sparkContext().hadoopConfiguration());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where inputs stand. */
  Path folder() {
    return folder;
  }

  /** Where outputs stand: nothing else does. */
  Path outputs() {
    return folder.resolve("outputs");
  }

  /** How many runs ended with each code, and how long they took together. */
  String ends() {
    return ends.entrySet().stream()
        .map(
            end ->
                "%s %d (%.0f s)".formatted(end.getKey(), end.getValue(), seconds.get(end.getKey())))
        .collect(Collectors.joining(", "));
  }

  /** Share of the runs that ended with a code. */
  double share(ExitCode code) {
    int all = ends.values().stream().mapToInt(Integer::intValue).sum();
    return (double) ends.getOrDefault(code, 0) / Math.max(1, all);
  }

  /** Runs a command line; what is not as it must be is kept until {@link #close}. */
  void run(String... arguments) {
    try {
      runAtOnce(arguments);
    } catch (AssertionError failure) {
      if (failures.size() < MOST_FAILURES) {
        failures.add(failure.getMessage() + "\n  after " + List.of(arguments) + input(arguments));
      }
      delete(outputs());
    }
  }

  /** Runs a command line that must succeed, as a sample for others. */
  void succeed(String... arguments) {
    StringWriter err = new StringWriter();
    PrintWriter words = new PrintWriter(err, true);
    ExitCode code = Program.run(new Main(), new PrintWriter(new StringWriter()), words, arguments);
    assertThat(code).as(err.toString()).isEqualTo(ExitCode.SUCCESS);
  }

  private static String input(String[] arguments) {
    try {
      Path file = Path.of(arguments[1]);
      return Files.isRegularFile(file) ? " of\n" + Files.readString(file) : "";
    } catch (IOException e) {
      return " (" + e.getMessage() + ")";
    }
  }

  private void runAtOnce(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Future<ExitCode> running =
        worker.submit(
            () ->
                Program.run(
                    new Main(), new PrintWriter(out, true), new PrintWriter(err, true), arguments));
    long began = System.nanoTime();
    ExitCode code = ended(running, arguments);
    ends.merge(code, 1, Integer::sum);
    seconds.merge(code, (System.nanoTime() - began) / 1e9, Double::sum);
    String said = err.toString();
    assertThat(code).as(said).isNotIn(ExitCode.UNEXPECTED, ExitCode.STOPPED);
    if (code != ExitCode.SUCCESS) {
      assertThat(said.strip()).as("words of %s", code).isNotEmpty().isNotEqualTo("null");
      assertThat(said).doesNotContain("\tat ", "Exception:", "Error:");
      assertThat(said.lines().count()).as(said).isLessThan(MOST_LINES);
    }
    assertThat(spark.sparkContext().isStopped()).isFalse();
    requireWholeOutputs();
  }

  private static ExitCode ended(Future<ExitCode> running, String[] arguments) {
    try {
      return running.get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no end after %d s: %s".formatted(SECONDS, List.of(arguments)), e);
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("the program itself threw", e);
    }
  }

  /** Every folder among the outputs is whole, and none is unfinished; then all are removed. */
  private void requireWholeOutputs() {
    if (!Files.exists(outputs())) {
      return;
    }
    try (Stream<Path> written = Files.list(outputs())) {
      for (Path output : written.toList()) {
        assertThat(output.getFileName().toString()).doesNotStartWith("_").doesNotStartWith("._");
        assertThat(output.resolve("_SUCCESS")).exists();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    delete(outputs());
  }

  /** Removes a folder with all that is in it. */
  static void delete(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
    QUICK.keySet().forEach(spark.conf()::unset);
    local().setWorkingDirectory(workingFolder);
    delete(folder);
    assertThat(failures).isEmpty();
  }
}
