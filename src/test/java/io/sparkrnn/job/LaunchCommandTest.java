package io.sparkrnn.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code scripts/spark-rnn} is spark-submit with our job jar: options of spark-submit reach it from
 * anywhere on the line, everything else reaches the job untouched, and the exit code comes back.
 * Seen from a spark-submit that writes down its arguments.
 */
class LaunchCommandTest {
  /** Options of spark-submit that make no sense here, or that the job answers itself. */
  private static final List<String> LEFT_TO_THE_JOB =
      List.of(
          "--class",
          "--help",
          "-h",
          "--version",
          "--kill",
          "--status",
          "--remote",
          "--usage-error");

  @TempDir Path clone;

  private record Run(int exitCode, List<String> lines) {}

  @BeforeEach
  void makeCloneWithRecordingSpark() throws IOException {
    Path scripts = Files.createDirectories(clone.resolve("scripts"));
    for (String name : List.of("spark-rnn", "spark-environment")) {
      Files.copy(Path.of("scripts", name), scripts.resolve(name));
    }
    Files.writeString(
        clone.resolve("pom.xml"), "<project>\n  <version>9.8</version>\n</project>\n");
    Files.writeString(
        Files.createDirectories(clone.resolve("target")).resolve("spark-rnn-9.8-job.jar"), "");
    Path submit = Files.createDirectories(clone.resolve("spark/bin")).resolve("spark-submit");
    Files.writeString(
        submit,
        """
        #!/bin/sh
        for word in "$@"; do echo "<$word>"; done
        echo "conf=$SPARK_CONF_DIR ip=$SPARK_LOCAL_IP memory=$SPARK_DRIVER_MEMORY"
        exit 78
        """);
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void optionsOfSparkSubmitPassFromAnywhereAndTheRestReachesTheJob() throws Exception {
    Run run =
        launch(
            "--verbose",
            "train",
            "a job.conf",
            "--master=local[2]",
            "--set",
            "a=b 'c' $d",
            "--conf",
            "spark.x=y z",
            "--",
            "--name",
            "");

    assertThat(run.lines())
        .startsWith(
            "<--verbose>",
            "<--master>",
            "<local[2]>",
            "<--conf>",
            "<spark.x=y z>",
            "<--class>",
            "<io.sparkrnn.job.Main>")
        .containsSubsequence(
            "<train>", "<a job.conf>", "<--set>", "<a=b 'c' $d>", "<--name>", "<>");
    assertThat(run.lines().get(7)).endsWith("/target/spark-rnn-9.8-job.jar>");
    assertThat(run.lines()).hasSize(8 + 6 + 1);
  }

  @Test
  void exitCodeOfTheJobComesBack() throws Exception {
    assertThat(launch("train").exitCode()).isEqualTo(78);
  }

  @Test
  void optionWithoutItsValueIsAUsageError() throws Exception {
    Run run = launch("train", "--master");

    assertThat(run.exitCode()).isEqualTo(64);
    assertThat(run.lines())
        .containsExactly("spark-rnn: --master is an option of spark-submit and needs a value");
  }

  @Test
  void noSubcommandShowsHelp() throws Exception {
    assertThat(launch().lines())
        .anyMatch(line -> line.contains("scripts/spark-rnn SUBCOMMAND"))
        .contains("<--help>");
  }

  @Test
  void localMastersStayOnLoopbackAndRemoteOnesDoNot() throws Exception {
    assertThat(lastLine(launch("train"))).contains("ip=127.0.0.1 ");
    assertThat(lastLine(launch("train", "--master", "spark://127.0.0.1:7077")))
        .contains("ip=127.0.0.1 ");
    assertThat(lastLine(launch("train", "--conf", "spark.master=yarn"))).contains("ip= ");

    Files.writeString(
        Files.createDirectories(clone.resolve("spark/conf")).resolve("spark-defaults.conf"),
        "spark.master  yarn\n");
    assertThat(lastLine(launch("train"))).contains("ip= ");
  }

  @Test
  void ownConfigurationServesOnlyWhereTheUserHasNone() throws Exception {
    assertThat(lastLine(launch("train"))).contains("/conf ip=");

    Files.writeString(
        Files.createDirectories(clone.resolve("spark/conf")).resolve("spark-env.sh"), "");
    assertThat(lastLine(launch("train"))).startsWith("conf= ");
  }

  @Test
  void driverHasMemoryUnlessAClusterRunsIt() throws Exception {
    assertThat(lastLine(launch("train"))).containsPattern("memory=[1-9][0-9]*[gm]$");
    assertThat(lastLine(launch("train", "--deploy-mode", "cluster"))).endsWith("memory=");
  }

  @Test
  void missingJobJarIsSaidWhenBuildingIsForbidden() throws Exception {
    Files.delete(clone.resolve("target/spark-rnn-9.8-job.jar"));

    Run run = launch("train");

    assertThat(run.exitCode()).isEqualTo(69);
    assertThat(lastLine(run)).contains("job.jar is missing and SPARK_RNN_NO_BUILD=1");
  }

  /** The script's list against the parser of the Spark on the class path. */
  @Test
  void everyOptionOfSparkSubmitIsKnown() throws Exception {
    Class<?> parser = Class.forName("org.apache.spark.launcher.SparkSubmitOptionParser");
    Constructor<?> constructor = parser.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object options = constructor.newInstance();

    for (String name : namesIn(options, "opts")) {
      assertThat(launch(name, "value", "train").lines())
          .as(name)
          .startsWith("<" + name + ">", "<value>");
    }
    for (String name : namesIn(options, "switches")) {
      assertThat(launch(name, "train").lines()).as(name).startsWith("<" + name + ">", "<--class>");
    }
  }

  private static Set<String> namesIn(Object options, String field) throws Exception {
    Field table = options.getClass().getDeclaredField(field);
    table.setAccessible(true);
    Set<String> names = new TreeSet<>();
    Stream.of((String[][]) table.get(options)).flatMap(Arrays::stream).forEach(names::add);
    assertThat(names).isNotEmpty();
    LEFT_TO_THE_JOB.forEach(names::remove);
    return names;
  }

  private static String lastLine(Run run) {
    return run.lines().get(run.lines().size() - 1);
  }

  private Run launch(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", clone + "/scripts/spark-rnn"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    List.of("SPARK_CONF_DIR", "SPARK_LOCAL_IP", "SPARK_DRIVER_MEMORY", "MASTER")
        .forEach(environment::remove);
    environment.put("SPARK_HOME", clone.resolve("spark").toString());
    environment.put("SPARK_RNN_NO_BUILD", "1");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), output.lines().toList());
  }
}
