package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sparkrnn.error.ConfigurationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A job file whose substitutions would make it as large as memory, or take for ever, is refused at
 * once; one whose substitutions are many and small is not.
 */
class ExpansionTest {
  private static final String TOO_LARGE =
      ": the job would have more than 1,048,576 characters when every ${…} is replaced; let fewer of them stand for one another";
  private static final String TOO_MANY =
      ": is built on earlier values of its own more than 32 times; write it out";

  @TempDir private Path folder;

  private static String lines(int count, IntFunction<String> line) {
    return IntStream.rangeClosed(1, count).mapToObj(line).collect(Collectors.joining("\n"));
  }

  /** Each line stands for the one before as a form says, in which P is its key. */
  private static String chain(String first, String form) {
    return chain(first, form, 60);
  }

  private static String chain(String first, String form, int count) {
    return "k0 = "
        + first
        + "\n"
        + lines(count, i -> "k" + i + " = " + form.replace("P", "${k" + (i - 1) + "}"));
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        Arguments.of("lists", chain("[x, x]", "[P, P]"), TOO_LARGE),
        Arguments.of("texts", chain("xx", "PP"), TOO_LARGE),
        Arguments.of("joined lists", chain("[x]", "P P"), TOO_LARGE),
        Arguments.of("blocks", chain("{}", "{ l = P, r = P }"), TOO_LARGE),
        Arguments.of("merged blocks", chain("{ x = 1 }", "P { y = P, z = P }"), TOO_LARGE),
        Arguments.of("blocks in lists", chain("{}", "[{ a = P, b = [P] }]"), TOO_LARGE),
        Arguments.of("of itself", "k = x\n" + lines(60, i -> "k = ${k}${k}"), TOO_MANY),
        Arguments.of(
            "of itself, deep", "k.a = x\n" + lines(60, i -> "k.a = ${k.a}${k.a}"), TOO_MANY),
        Arguments.of("additions", lines(60, i -> "k += x"), TOO_MANY),
        Arguments.of(
            "of each other",
            "a = x\nb = y\n" + lines(60, i -> "a = ${b}${b}\nb = ${a}${a}"),
            TOO_LARGE),
        Arguments.of(
            "blocks of each other",
            "o { x = 1 }\na = ${o} { z = x }\nb = ${o} { z = y }\n"
                + lines(60, i -> "a = ${o} { z = ${b.z}${b.z} }\nb = ${o} { z = ${a.z}${a.z} }"),
            TOO_LARGE),
        Arguments.of(
            "a long chain",
            "k0 = x\n" + lines(20_000, i -> "k" + i + " = ${k" + (i - 1) + "}"),
            ": too long a chain of ${…} that stand for one another"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void itIsRefusedSoon(String what, String text, String said) {
    JobFileSamples samples = new JobFileSamples(folder);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () ->
            assertThatThrownBy(() -> samples.load(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(folder + "/x.conf")
                .hasMessageEndingWith(said));
  }

  @Test
  void anAssignmentIsNoWayAround() {
    String text = "data.train {\n" + chain("xx", "PP", 16).replace("{k", "{data.train.k") + "\n}";
    JobFileSamples samples = new JobFileSamples(folder);
    assertThatCode(() -> samples.load(text)).doesNotThrowAnyException();
    String more = "data.test={ a = " + "${data.train.k16}".repeat(9) + " }";
    assertThatThrownBy(() -> samples.load(text, more))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith(TOO_LARGE);
  }

  @Test
  void theProgramEndsWithTheCodeOfConfigurations() {
    String file = new JobFileSamples(folder).write("x.conf", chain("[x, x]", "[P, P]"));
    StringWriter err = new StringWriter();
    ExitCode code =
        Program.run(
            new Main(),
            new PrintWriter(new StringWriter()),
            new PrintWriter(err, true),
            "train",
            file);
    assertThat(code).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(err.toString().lines()).singleElement().asString().endsWith(TOO_LARGE);
  }

  @Test
  void manyNamesWithoutAValueAreToldBeforeEachIsSought() {
    String text = "data.train {\n" + lines(5_000, i -> "k" + i + " = ${V" + i + "}") + "\n}";
    assertThatThrownBy(() -> new JobFileSamples(folder).load(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("x.conf: 50 names or more have no value: ${V");
  }

  @Test
  void manySmallOnesAreMade() {
    String text =
        """
        data.train { labels = [a], root = ${HOME_OF_DATA}, path = ${data.train.root}"/a" }
        data.test = ${data.train} { path = ${data.train.root}"/b" }
        data.labels = [a]
        """
            + lines(20, i -> "data.labels += x")
            + "\n"
            + "data.train {\n"
            + lines(500, i -> "k" + i + " = ${HOME_OF_DATA}\"/\"${data.train.path}")
            + "\n}\ntraining.seed = 7\ntraining = ${training} { epochs = 3 }\n";
    JobFileSamples samples = new JobFileSamples(folder);
    assertThatCode(() -> samples.load(text)).doesNotThrowAnyException();
    JobFile job = samples.load(text);
    assertThat(job.values().get(JobFileSamples.LABELS)).hasSize(21);
    assertThat(job.values().get(JobFileSamples.EPOCHS)).isEqualTo(3);
    assertThat(job.block("data.train").orElseThrow().toMap())
        .containsEntry("k500", "/big/disk//big/disk/a");
    assertThat(job.block("data.test").orElseThrow().toMap()).containsEntry("path", "/big/disk/b");
  }
}
