package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of the program in a JVM of its own, with the project's log settings. */
class ConsoleTest {
  private static final int SECONDS = 120;

  @TempDir private Path folder;
  private TinyJobs jobs;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void writeInto() {
    jobs = new TinyJobs(folder);
  }

  @AfterEach
  void endWhatStillRuns() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void aWrongRowFoundByATaskIsOneLineWithoutStackTraces() throws Exception {
    String file = jobs.write("bad.csv", "time,value", "1,0.5", "2,high");
    String job =
        jobs.job(
            "job.task = regression",
            "data.train { format = next-step, path = \"%s\" }".formatted(file));
    Process process = start("train", job);
    assertThat(exit(process)).isEqualTo(ExitCode.DATA.number());
    assertThat(told("err"))
        .containsExactly(
            file + ", line 3, column \"value\": expected a finite number, found \"high\"");
  }

  @Test
  void aVariableThatIsNotSetIsNamed() throws Exception {
    String job = jobs.job("data.train { format = uea, path = ${SPARK_RNN_DATA}\"/a.ts\" }");
    Process process = start("check", job);
    assertThat(exit(process)).isEqualTo(ExitCode.CONFIGURATION.number());
    assertThat(told("err"))
        .containsExactly(
            job
                + ":1: ${SPARK_RNN_DATA} has no value; set the environment variable"
                + " SPARK_RNN_DATA, or the key SPARK_RNN_DATA in the job file");
  }

  @Test
  void aTrainingThatIsToldToStopLeavesNothing() throws Exception {
    String job = jobs.job(jobs.block("train", TinyJobs.CLASSES, TinyJobs.risingAndFalling(8, 1)));
    Process process = start("train", job, "--set", "training.epochs=1000000");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (told("out").size() < 2 && process.isAlive() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(told("out").get(0)).startsWith("epoch ").contains("/1000000  loss ", "steps/s");

    process.destroy(); // SIGTERM
    assertThat(exit(process)).isEqualTo(128 + 15);
    assertThat(told("err")).noneMatch(line -> line.contains("The job failed"));
    try (Stream<Path> left = Files.list(jobs.model().getParent())) {
      assertThat(left).isEmpty();
    }
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dspark.master=local[1]",
            "-Dspark.ui.enabled=false",
            "-Dspark.driver.host=127.0.0.1",
            "-Dspark.driver.bindAddress=127.0.0.1",
            "-Dlog4j2.configurationFile=conf/log4j2.properties",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().remove("SPARK_RNN_DATA");
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static int exit(Process process) throws InterruptedException {
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
    return process.exitValue();
  }

  /** Lines of a stream, less what the JVM itself says of its modules. */
  private List<String> told(String stream) throws IOException {
    return Files.readAllLines(folder.resolve(stream)).stream()
        .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
        .toList();
  }
}
