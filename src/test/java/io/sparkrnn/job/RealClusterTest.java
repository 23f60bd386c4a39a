package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.Config;
import io.sparkrnn.ml.ModelFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The same job with the same P gives the same bytes in threads of one JVM, on a standalone cluster
 * of two workers, and where an executor dies on the way. Every run is a genuine spark-submit.
 */
@Tag("slow")
class RealClusterTest {
  private static final String THREADS = "local[2]";
  private static final String PROCESSES = "local-cluster[2,1,1024]";

  /** So wide that executors fold slices, and the driver never holds what two shards give. */
  private static final String[] WIDE = {
    "network.cell=lstm", "network.hiddenSizes=[512]", "training.epochs=1"
  };

  @TempDir private static Path folder;
  private static Path sparkHome;
  private static String cluster = "";
  private static boolean ours;

  @BeforeAll
  static void startCluster() throws Exception {
    String given = System.getenv("SPARK_HOME");
    sparkHome = given != null ? Path.of(given) : assembled();
    assumeTrue(
        Files.isExecutable(sparkHome.resolve("bin/spark-submit")),
        "no Spark to submit to: run scripts/spark-rnn once, or set SPARK_HOME");
    Path copied = folder.resolve("classes/io/sparkrnn/job/DyingCell.class");
    Files.createDirectories(copied.getParent());
    try (InputStream in = DyingCell.class.getResourceAsStream("DyingCell.class")) {
      Files.copy(in, copied);
    }
    new TinyJobs(folder)
        .job(
            new TinyJobs(folder).block("train", TinyJobs.CLASSES, TinyJobs.risingAndFalling(60, 3)),
            "job.task = classification",
            "math.backend = java");
    ours = run(Map.of(), "scripts/spark-cluster", "status").exitCode != 0;
    Run started = run(Map.of(), "scripts/spark-cluster", "start");
    assertThat(started.exitCode).as(started.output).isZero();
    cluster =
        started
            .output
            .lines()
            .filter(line -> line.startsWith("spark://"))
            .findFirst()
            .orElseThrow();
  }

  @AfterAll
  static void stopCluster() throws Exception {
    if (ours && !cluster.isEmpty()) {
      run(Map.of(), "scripts/spark-cluster", "stop");
    }
  }

  @Test
  void twoWorkersGiveTheBytesOfTwoThreads() throws Exception {
    byte[] threads = train("threads", THREADS, List.of());
    assertThat(train("workers", cluster, List.of())).isEqualTo(threads);
    assertThat(train("seed", cluster, List.of(), "training.seed=2")).isNotEqualTo(threads);
  }

  @Test
  void slicesFoldedByExecutorsAreTheBytesOfTwoThreadsToo() throws Exception {
    assertThat(train("wide-workers", cluster, List.of(), WIDE))
        .isEqualTo(train("wide-threads", THREADS, List.of(), WIDE));
  }

  @Test
  void anExecutorThatDiesChangesNothing() throws Exception {
    String[] settings = {
      "network.cell=" + DyingCell.class.getName(), "training.epochs=4", "averaging.period=2"
    };
    Path counts = Files.createDirectories(folder.resolve("counts"));
    List<String> deadly = List.of("--conf", "spark.executorEnv." + DyingCell.FOLDER + "=" + counts);
    byte[] undisturbed = train("undisturbed", THREADS, List.of(), settings);
    assertThat(train("survivor", PROCESSES, deadly, settings)).isEqualTo(undisturbed);
    assertThat(counts.resolve(DyingCell.DIED)).exists();
  }

  private static byte[] train(String name, String master, List<String> options, String... settings)
      throws Exception {
    Path model = folder.resolve("models").resolve(name);
    String classes = classPath();
    List<String> command = new ArrayList<>();
    command.add(sparkHome.resolve("bin/spark-submit").toString());
    command.addAll(List.of("--master", master, "--driver-memory", "1g"));
    command.addAll(List.of("--conf", "spark.driver.extraClassPath=" + classes));
    command.addAll(List.of("--conf", "spark.executor.extraClassPath=" + classes));
    command.addAll(List.of("--conf", "spark.ui.enabled=false"));
    command.addAll(options);
    command.addAll(List.of("--class", Main.class.getName(), "spark-internal"));
    command.addAll(List.of("train", folder.resolve("job.conf").toString()));
    command.addAll(List.of("--set", "output.model=" + model));
    for (String setting : settings) {
      command.addAll(List.of("--set", setting));
    }
    Map<String, String> environment =
        Map.of(
            "SPARK_CONF_DIR",
            Path.of("conf").toAbsolutePath().toString(),
            "SPARK_LOCAL_IP",
            "127.0.0.1");
    Run run = run(environment, command.toArray(String[]::new));
    assertThat(run.exitCode).as("%s on %s:%n%s", name, master, run.output).isZero();
    return Files.readAllBytes(model.resolve(ModelFolder.PARAMETERS));
  }

  private static String classPath() throws URISyntaxException {
    List<String> places = new ArrayList<>();
    for (Class<?> type : List.of(Main.class, Config.class, CommandLine.class)) {
      places.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    places.add(folder.resolve("classes").toString());
    return String.join(":", places);
  }

  private static Path assembled() throws IOException {
    Path parent = Path.of(".spark");
    if (!Files.isDirectory(parent)) {
      return parent;
    }
    try (Stream<Path> homes = Files.list(parent)) {
      return homes
          .filter(
              home -> home.endsWith("spark-" + org.apache.spark.package$.MODULE$.SPARK_VERSION()))
          .findFirst()
          .orElse(parent)
          .toAbsolutePath();
    }
  }

  private record Run(int exitCode, String output) {}

  private static Run run(Map<String, String> environment, String... command) throws Exception {
    Path output = Files.createTempFile(folder, "run", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.redirectOutput(output.toFile());
    Process process = builder.start();
    if (!process.waitFor(8, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return new Run(-1, "no end after eight minutes:\n" + Files.readString(output));
    }
    return new Run(process.exitValue(), Files.readString(output));
  }
}
