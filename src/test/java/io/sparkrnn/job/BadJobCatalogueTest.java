package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sparkrnn.error.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The catalogue of bad job files and assignments, and the whole of what is said. An assignment sets
 * the one key it names, whatever its value holds; a job file includes files beside it and nothing
 * else.
 */
class BadJobCatalogueTest {
  @TempDir private Path folder;

  static Stream<Arguments> assignments() {
    String one =
        ": expected one value, found more after it; give every key a --set of its own, and put text in quotes";
    String include =
        ": only a job file includes others, by include \"name.conf\", sought beside it";
    return Stream.of(
        Arguments.of("training.seed", "expected key=value, such as --set training.seed=2"),
        Arguments.of("training.sed=2", "unknown key training.sed; did you mean training.seed?"),
        Arguments.of("training.seed={}\noutput.overwrite=true", one.substring(2)),
        Arguments.of("network.hiddenSizes=[3], output.overwrite = true", one.substring(2)),
        Arguments.of("training.seed=\"2\"\noutput.overwrite=true", one.substring(2)),
        Arguments.of("job.title=${HOME}, output.overwrite = true", one.substring(2)),
        Arguments.of(
            "training.seed=2\noutput.overwrite=true",
            "training.seed: expected an integer, found \"2\\noutput.overwrite=true\""),
        Arguments.of(
            "data.train={ include file(\"/etc/passwd\") }", "include file(/etc/passwd)" + include),
        Arguments.of("data.train={ include \"x.conf\" }", "include x.conf" + include),
        Arguments.of(
            "data.train={}\ninclude url(\"http://localhost:1/x.conf\")",
            "include url(http://localhost:1/x.conf)" + include),
        Arguments.of(
            "data.train={ include classpath(\"reference.conf\") }",
            "include classpath(reference.conf)" + include));
  }

  @ParameterizedTest(name = "--set {0}")
  @MethodSource("assignments")
  void aBadAssignment(String assignment, String said) throws IOException {
    assertThat(failure("", assignment)).isEqualTo("--set " + assignment + ": " + said);
  }

  static Stream<Arguments> files() {
    String beside = ": only a job file includes others, by include \"name.conf\", sought beside it";
    return Stream.of(
        Arguments.of(
            "include url(\"http://localhost:1/x\")",
            "x.conf: include url(http://localhost:1/x)" + beside),
        Arguments.of(
            "include classpath(\"reference.conf\")",
            "x.conf: include classpath(reference.conf)" + beside),
        Arguments.of(
            "include \"absent.conf\"",
            "absent.conf: no such job file; looked for file:absent.conf (included by x.conf)"),
        Arguments.of(
            "include file(\"absent.conf\")",
            "absent.conf: no such job file; looked for file:absent.conf (included by x.conf)"),
        Arguments.of("include \"x.conf\"", "x.conf: includes x.conf, which includes it in turn"),
        Arguments.of(
            "include \"a:b\"", "x.conf: include a:b: expected the name of a file beside it"),
        Arguments.of(
            "training { include \"a:b\" }",
            "x.conf: include a:b: expected the name of a file beside it"),
        Arguments.of(
            "include required(file(\":\"))",
            "x.conf: include :: expected the name of a file beside it"),
        Arguments.of("include \"\"", "x.conf: include : expected the name of a file beside it"),
        Arguments.of("a = " + "[".repeat(100_000), "x.conf: nested too deeply to be read"),
        Arguments.of(
            "network.hiddenSizes = [1000001]",
            "x.conf:1: network.hiddenSizes: expected a list of integers in [1, 1000000], found [1000001]"),
        Arguments.of(
            "training.partitions = 2147483647",
            "x.conf:1: training.partitions: expected an integer in [0, 100000], found 2147483647"),
        Arguments.of(
            "columns.handleInvalid = drop",
            "x.conf:1: columns.handleInvalid: expected one of error, skip, keep, found \"drop\""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void aBadJobFile(String text, String said) throws IOException {
    assertThat(failure(text)).isEqualTo(said);
  }

  @Test
  void anAssignmentMaySetABlockOrAListOrTextWithAnything() throws IOException {
    Path file = Files.writeString(folder.resolve("x.conf"), "job.title = a\n");
    JobFile job =
        load(
            file,
            "job.title=${HOME}/x y",
            "network.hiddenSizes=[1, 2]",
            "data.train={ format = uea, path = \"a b\" }");
    assertThat(job.values().get(JobSettings.TITLE)).isEqualTo("/home/x y");
    assertThat(job.block("data.train").orElseThrow().toMap())
        .containsEntry("path", "a b")
        .hasSize(2);
  }

  @Test
  void dataGivenInPlaceOfAJobFileAreRefusedByTheirSize() throws IOException {
    Path file = folder.resolve("x.conf");
    Files.write(file, new byte[(1 << 20) + 1]);
    assertThat(failureOf(file))
        .isEqualTo(
            "x.conf: expected a job file of at most 1048576 bytes, found 1048577; is it data?");
    Files.write(file, "job.title = \u00FC".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(failureOf(file)).isEqualTo("x.conf: the job file is not UTF-8 text");
  }

  @Test
  void filesIncludeOneAnotherOnlySoDeep() throws IOException {
    for (int i = 0; i < 12; i++) {
      Files.writeString(folder.resolve("x" + i + ".conf"), "include \"x" + (i + 1) + ".conf\"\n");
    }
    assertThat(failureOf(folder.resolve("x0.conf")))
        .startsWith(
            "x9.conf: includes x10.conf, the 10th file within another; include it from the job file");
  }

  @Test
  void filesIncludeOneAnotherOnlySoOften() throws IOException {
    for (int i = 0; i < 8; i++) {
      Files.writeString(
          folder.resolve("x" + i + ".conf"), ("include \"x" + (i + 1) + ".conf\"\n").repeat(9));
    }
    Files.writeString(folder.resolve("x8.conf"), "training.seed = 2\n");
    assertThat(failureOf(folder.resolve("x0.conf")))
        .startsWith(
            "x7.conf: includes x8.conf, with which the job would include more than 100 files; include each once (included by ");
  }

  @Test
  void anErrorInAnIncludedFileNamesBoth() throws IOException {
    Files.writeString(folder.resolve("part.conf"), "training {\n epochs = \n");
    assertThat(failure("include \"part.conf\""))
        .startsWith("part.conf:")
        .contains("syntax: ")
        .endsWith("(included by x.conf)");
    Files.writeString(folder.resolve("part.conf"), "training.epochs = none\n");
    assertThat(failure("training.seed = 2\ninclude \"part.conf\""))
        .isEqualTo("part.conf:1: training.epochs: expected an integer >= 0, found \"none\"");
  }

  private String failure(String text, String... assignments) throws IOException {
    return failureOf(Files.writeString(folder.resolve("x.conf"), text + "\n"), assignments);
  }

  private String failureOf(Path file, String... assignments) {
    ConfigurationException failure =
        catchThrowableOfType(ConfigurationException.class, () -> load(file, assignments));
    assertThat(failure).as("a failure").isNotNull();
    return failure.getMessage().replace(folder + "/", "");
  }

  private static JobFile load(Path file, String... assignments) {
    JobSource source = new JobSource(new Configuration(), List.of(), Map.of("HOME", "/home"));
    return JobFile.load(source, file.toString(), List.of(assignments), JobSettings.SCHEMA);
  }
}
