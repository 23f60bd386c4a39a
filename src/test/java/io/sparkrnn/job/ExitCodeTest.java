package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.error.DivergenceException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import scala.Option;

class ExitCodeTest {
  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();
  private String file;

  @BeforeAll
  static void askForALocalMasterAsSparkSubmitDoes() {
    Option<SparkSession> left = SparkSession.getDefaultSession();
    if (left.isDefined()) {
      left.get().stop(); // of tests before: a job shall start its own
    }
    System.setProperty("spark.master", "local[1]");
    System.setProperty("spark.ui.enabled", "false");
  }

  @AfterAll
  static void askForNothing() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  @BeforeEach
  void writeAJob() {
    file = new JobFileSamples(folder).write("x.conf", "training.epochs = 3\n");
  }

  @Test
  void aJobThatSucceedsEndsWithZeroAndStopsSpark() {
    assertThat(run((spark, job) -> {}, "work", file, "--set", "training.seed=2"))
        .isEqualTo(ExitCode.SUCCESS);
    assertThat(err.toString()).isEmpty();
    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
  }

  @Test
  void theJobSeesAssignmentsAndItsName() {
    run(
        (spark, job) -> {
          assertThat(job.values().get(JobFileSamples.SEED)).isEqualTo(2);
          assertThat(job.values().get(JobFileSamples.EPOCHS)).isEqualTo(4);
          assertThat(spark.sparkContext().appName()).isEqualTo("tool work " + file);
        },
        "work",
        "--set",
        "training.seed=2",
        file,
        "--set=training.epochs=4");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void eachFailureAUserCanMendHasItsCodeAndIsToldWithoutAStackTrace() {
    assertThat(
            run(
                (spark, job) -> {
                  throw new DataException("a.csv:3: not a number");
                },
                "work",
                file))
        .isEqualTo(ExitCode.DATA);
    assertThat(
            run(
                (spark, job) -> {
                  throw new DivergenceException("epoch 2: not finite");
                },
                "work",
                file))
        .isEqualTo(ExitCode.DIVERGENCE);
    assertThat(
            run(
                (spark, job) -> {
                  throw new ConfigurationException("training.epochs: too few");
                },
                "work",
                file))
        .isEqualTo(ExitCode.CONFIGURATION);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "a.csv:3: not a number\nepoch 2: not finite\n"
                + file
                + ":1: training.epochs: too few\n");
  }

  @Test
  void whatATaskThrowsIsRecognisedBehindSparksOwnFailure() {
    ExitCode code =
        run(
            (spark, job) ->
                JavaSparkContext.fromSparkContext(spark.sparkContext())
                    .parallelize(List.of(1))
                    .foreach(
                        row -> {
                          throw new DataException("row " + row + ": empty");
                        }),
            "work",
            file);
    assertThat(code).isEqualTo(ExitCode.DATA);
    assertThat(err.toString()).isEqualToNormalizingNewlines("row 1: empty\n");
  }

  @Test
  void aStopFromOutsideIsNoFailureOfTheProgram() {
    ExitCode code =
        run(
            (spark, job) -> {
              spark.sparkContext().stop();
              spark.range(3).count();
            },
            "work",
            file);
    assertThat(code).isEqualTo(ExitCode.STOPPED);
    assertThat(err.toString().lines())
        .containsExactly("Spark was stopped before the job was done; nothing was written");
  }

  @Test
  void anUnforeseenFailureIsOneLineAndTheCodeOne() {
    assertThat(
            run(
                (spark, job) -> {
                  throw new IllegalStateException("broken\nmore");
                },
                "work",
                file))
        .isEqualTo(ExitCode.UNEXPECTED);
    assertThat(
            run(
                (spark, job) -> {
                  throw new NoClassDefFoundError("Absent");
                },
                "work",
                file))
        .isEqualTo(ExitCode.UNEXPECTED);
    assertThat(err.toString().lines())
        .containsExactly(
            "unexpected failure, its stack trace is in the log:"
                + " java.lang.IllegalStateException: broken",
            "unexpected failure, its stack trace is in the log:"
                + " java.lang.NoClassDefFoundError: Absent");
    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
  }

  @Test
  void aJobFileWithATypoNeverStartsSpark() {
    System.setProperty("spark.master", "no such master");
    try {
      assertThat(run((spark, job) -> {}, "work", file, "--set", "training.epoch=3"))
          .isEqualTo(ExitCode.CONFIGURATION);
      assertThat(run((spark, job) -> {}, "work", file + "x")).isEqualTo(ExitCode.CONFIGURATION);
    } finally {
      System.setProperty("spark.master", "local[1]");
    }
    assertThat(err.toString().lines()).hasSize(2);
  }

  @Test
  void withoutAMasterTheWaysToHaveOneAreNamed() {
    System.clearProperty("spark.master");
    try {
      assertThat(run((spark, job) -> {}, "work", file)).isEqualTo(ExitCode.CONFIGURATION);
    } finally {
      System.setProperty("spark.master", "local[1]");
    }
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("spark.master: expected the Spark to run on, found none; start the program by");
  }

  @Test
  void aWrongCommandLineIsAMatterOfUsage() {
    assertThat(run((spark, job) -> {}, "work")).isEqualTo(ExitCode.USAGE);
    assertThat(run((spark, job) -> {}, "wrok", file)).isEqualTo(ExitCode.USAGE);
    assertThat(run((spark, job) -> {})).isEqualTo(ExitCode.USAGE);
    assertThat(run((spark, job) -> {}, "work", file, "--sett", "a=b")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains("JOB.conf")
        .contains("; did you mean work?")
        .contains("; did you mean --set?")
        .contains("Try 'tool work --help'.")
        .doesNotContain("Exception");
  }

  @Test
  void helpIsNoFailure() {
    assertThat(run((spark, job) -> {}, "work", "--help")).isEqualTo(ExitCode.SUCCESS);
    assertThat(out.toString()).contains("--set=KEY=VALUE").contains("JOB.conf");
  }

  @Test
  void aFailureIsFoundAmongTheCausesOfAnother() {
    Throwable wrapped = new ExecutionException(new RuntimeException(new DataException("row 3")));
    assertThat(ExitCode.mendable(wrapped))
        .hasValueSatisfying(cause -> assertThat(cause).hasMessage("row 3"));
    assertThat(ExitCode.mendable(new RuntimeException(new IllegalStateException()))).isEmpty();
  }

  private ExitCode run(Work work, String... arguments) {
    PrintWriter to = new PrintWriter(err);
    CommandLine.Model.CommandSpec tool =
        CommandLine.Model.CommandSpec.forAnnotatedObject(new Tool());
    tool.addSubcommand("work", new CommandLine(new WorkCommand(work)));
    return Program.run(tool, new PrintWriter(out, true), to, arguments);
  }

  /** The body of a command. */
  private interface Work {
    void run(SparkSession spark, JobFile job);
  }

  @Command(name = "tool")
  private static final class Tool {}

  @Command(name = "work", mixinStandardHelpOptions = true)
  private static final class WorkCommand extends JobCommand {
    private final Work work;

    private WorkCommand(Work work) {
      super(JobFileSamples.SCHEMA);
      this.work = work;
    }

    @Override
    void run(SparkSession spark, JobFile job) {
      work.run(spark, job);
    }
  }
}
