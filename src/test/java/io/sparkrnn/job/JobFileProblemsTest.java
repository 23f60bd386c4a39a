package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sparkrnn.error.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFileProblemsTest {
  @TempDir private Path folder;
  private JobFileSamples samples;

  @BeforeEach
  void writeInto() {
    samples = new JobFileSamples(folder);
  }

  @Test
  void anUnknownKeyIsNamedWithFileLineAndTheNearestKey() {
    assertThat(problems("training.seed = 2\n\noptimizer.learningrate = 0.1\n"))
        .containsExactly(
            "x.conf:3: unknown key optimizer.learningrate;"
                + " did you mean optimizer.learningRate?");
  }

  @Test
  void aValueOfTheWrongTypeIsNamedWithFileAndLine() {
    assertThat(problems("training {\n  epochs = many\n}\n"))
        .containsExactly("x.conf:2: training.epochs: expected an integer >= 1, found \"many\"");
  }

  @Test
  void allProblemsOfAFileAreListedInItsOrder() {
    assertThat(
            problems(
                """
                network.cell = gro
                training {
                  epochs = 0
                  optimizer.learningRate = 1
                }
                optimiser { learningRate = 0.1, momentum = 0.9 }
                network { sizes = [8, x], colour = red }
                data.train = here
                data { tset { path = a }, labels { a = 1 } }
                training.seed.value = 1
                network.sizes.empty {}
                """,
                "training.epoch=3",
                "training.epochs=none"))
        .containsExactly(
            "x.conf:1: network.cell: expected one of lstm, gru, found \"gro\"; did you mean gru?",
            "x.conf:4: unknown key training.optimizer.learningRate;"
                + " did you mean optimizer.learningRate?",
            "x.conf:6: unknown block optimiser; did you mean optimizer?",
            "x.conf:7: unknown key network.colour",
            "x.conf:8: data.train: expected a block of keys, found \"here\"",
            "x.conf:9: data.labels: expected a list of texts, found a block of keys",
            "x.conf:9: unknown block data.tset; did you mean data.test?",
            "x.conf:10: training.seed: expected an integer, found a block of keys",
            "x.conf:11: network.sizes: expected a list of integers >= 1, found a block of keys",
            "--set training.epoch=3: unknown key training.epoch; did you mean training.epochs?",
            "--set training.epochs=none: training.epochs: expected an integer >= 1, found"
                + " \"none\"");
  }

  @Test
  void aQuotedKeyWithDotsIsNotTheKeyOfThatPath() {
    assertThat(problems("\"training.seed\" = 1"))
        .containsExactly("x.conf:1: unknown key \"training.seed\"; did you mean training.seed?");
  }

  @Test
  void aBlockWhereAValueBelongsAndTheOtherWayRoundAreTold() {
    assertThat(problems("training = 3"))
        .containsExactly("x.conf:1: training: expected a block of keys, found 3");
    assertThat(problems("optimizer.learningRate { start = 1 }"))
        .containsExactly(
            "x.conf:1: optimizer.learningRate: expected a number > 0, found a block of keys");
  }

  @Test
  void aNullInAListIsNoElement() {
    assertThat(problems("data.labels = [a, null]\nnetwork.sizes = [1, null]"))
        .containsExactly(
            "x.conf:1: data.labels: expected a list of texts, found [\"a\", null]",
            "x.conf:2: network.sizes: expected a list of integers >= 1, found [1, null]");
  }

  @Test
  void aSyntaxErrorIsNamedWithFileAndLine() {
    assertThat(problems("training.seed = 2\nnetwork.sizes = [1,\n"))
        .singleElement()
        .asString()
        .startsWith("x.conf:3: syntax: List should have had new element after a comma")
        .doesNotContain("(if you");
    assertThat(problems("training {\n seed = 1\n"))
        .singleElement()
        .asString()
        .matches("x\\.conf:\\d: syntax: .*end of file.*");
  }

  @Test
  void aSubstitutionWithoutAValueNamesTheVariableToSet() {
    assertThat(
            problems(
                """
                training.epochs = ${EPOCHS_WANTED}
                data.train { path = ${SPARK_RNN_DATA}"/a" }
                data.test { path = ${SPARK_RNN_DATA}"/b" }
                optimizer.learningRate = ${EPOCHS_WANTED}
                training.sede = ${?NOT_NEEDED}1
                """))
        .containsExactly(
            "x.conf:1: ${EPOCHS_WANTED} has no value; set the environment variable EPOCHS_WANTED,"
                + " or the key EPOCHS_WANTED in the job file",
            "x.conf:2: ${SPARK_RNN_DATA} has no value; set the environment variable"
                + " SPARK_RNN_DATA, or the key SPARK_RNN_DATA in the job file",
            "x.conf:5: unknown key training.sede; did you mean training.seed?");
  }

  @Test
  void aCircleOfSubstitutionsEnds() {
    assertThat(problems("training.seed = ${training.epochs}\ntraining.epochs = ${training.seed}"))
        .singleElement()
        .asString()
        .startsWith("x.conf:");
  }

  @Test
  void anAssignmentThatIsNoneIsNamed() {
    assertThat(problems("", "training.seed"))
        .containsExactly("--set training.seed: expected key=value, such as --set training.seed=2");
    assertThat(problems("", "=3")).singleElement().asString().startsWith("--set =3: expected");
    assertThat(problems("", "training..seed=3"))
        .singleElement()
        .asString()
        .startsWith("--set training..seed=3: syntax: ");
    assertThat(problems("", "network.sizes=[1"))
        .singleElement()
        .asString()
        .startsWith("--set network.sizes=[1: syntax: ");
  }

  @Test
  void aMissingFileAFolderAndABinaryFileAreConfigurationErrors() throws Exception {
    JobSource source = JobFileSamples.source(Map.of());
    Path binary = folder.resolve("binary.conf");
    java.nio.file.Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 1});

    assertThat(failure(source, folder.resolve("absent.conf").toString()))
        .isEqualTo("absent.conf: no such job file; looked for file:absent.conf");
    assertThat(failure(source, folder.toString()))
        .contains(": expected a job file, found the folder file:");
    assertThat(failure(source, binary.toString()))
        .isEqualTo("binary.conf: the job file is not UTF-8 text");
    assertThat(failure(source, "gopher://host/x.conf"))
        .startsWith("gopher://host/x.conf: the job file cannot be read: ")
        .contains("gopher");
    assertThat(failure(source, "a:b.conf")).startsWith("a:b.conf: the job file cannot be read: ");
  }

  @Test
  void anIncludeIsReadBesideItsFileAndItsProblemsNameIt() {
    samples.write("shared/common.conf", "training.seed = 7\ntraining.epocs = 3\n");
    assertThat(problems("include \"shared/common.conf\"\ntraining.epochs = 3"))
        .containsExactly(
            "shared/common.conf:2: unknown key training.epocs; did you mean training.epochs?");
  }

  @Test
  void anIncludeThatIsMissingOrIncludesItselfIsRefused() {
    assertThat(problems("include \"absent.conf\""))
        .singleElement()
        .asString()
        .startsWith("absent.conf: no such job file")
        .endsWith("(included by x.conf)");
    samples.write("circle.conf", "include \"x.conf\"");
    assertThat(problems("include \"circle.conf\""))
        .containsExactly(
            "circle.conf: includes x.conf, which includes it in turn (included by x.conf)");
  }

  @Test
  void aCombinationJudgedElsewhereIsPlacedWhereItsKeyIsSet() {
    JobFile job = samples.load("network.cell = gru\n\ntraining.epochs = 3\n");
    ConfigurationException failure =
        new ConfigurationException("training.seed: no use with training.epochs = 3");

    assertThat(shortened(job.located(failure).getMessage()))
        .isEqualTo("x.conf:3: training.seed: no use with training.epochs = 3");
    assertThat(shortened(job.located(new ConfigurationException("no data")).getMessage()))
        .isEqualTo("x.conf: no data");
    JobFile free = samples.load("data.train {\n  pth = a\n  header = 1\n}");
    assertThat(
            shortened(
                free.located(
                        new ConfigurationException(
                            "unknown key data.train.pth; did you mean data.train.path?\n"
                                + "data.train.header: expected a boolean, found 1"))
                    .getMessage()))
        .isEqualTo(
            "x.conf:2: unknown key data.train.pth; did you mean data.train.path?\n"
                + "x.conf:3: data.train.header: expected a boolean, found 1");
    ConfigurationException placed = job.located(failure);
    assertThat(job.located(placed)).isSameAs(placed);
  }

  private List<String> problems(String text, String... assignments) {
    ConfigurationException failure =
        catchThrowableOfType(ConfigurationException.class, () -> samples.load(text, assignments));
    assertThat(failure).as("a failure").isNotNull();
    return shortened(failure.getMessage()).lines().toList();
  }

  private String failure(JobSource source, String location) {
    ConfigurationException failure =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> JobFile.load(source, location, List.of(), JobFileSamples.SCHEMA));
    assertThat(failure).as("a failure").isNotNull();
    return shortened(failure.getMessage());
  }

  private String shortened(String message) {
    return message.replace(folder + "/", "");
  }
}
