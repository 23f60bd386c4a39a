package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Data of unusual size or form: training goes through, or ends with one line that says why not. */
@ExtendWith(SparkSubmitted.class)
class EdgeCaseTest {
  private static final String LABELLING = "job.task = labelling";
  private static final String REGRESSION = "job.task = regression";
  private static final String AB = TinyJobs.row("a", "[\"x\", \"y\"]", "[\"p\", \"q\"]");

  @TempDir private Path folder;
  private TinyJobs jobs;

  @BeforeEach
  void writeInto() {
    jobs = new TinyJobs(folder);
  }

  @Test
  void oneSequenceTrainsOnEightPartitions() throws IOException {
    String job = jobs.job(LABELLING, jobs.block("train", TinyJobs.LABELS, AB));
    CommandRun.of("train", job, "--set", "training.partitions=8").succeeded();
    assertThat(metrics().at("/train/count").intValue()).isEqualTo(2);
    assertThat(history()).allMatch(epoch -> Double.isFinite(epoch.path("loss").doubleValue()));
  }

  @Test
  void emptyShardsChangeNothing() throws IOException {
    String[] rows = TinyJobs.risingAndFalling(3, 4);
    String job = jobs.job(jobs.block("train", TinyJobs.CLASSES, rows));
    CommandRun.of("train", job, "--set", "training.partitions=3").succeeded();
    byte[] three = parameters();
    CommandRun.of("train", job, "--set=training.partitions=8", "--set=output.overwrite=true")
        .succeeded();
    assertThat(parameters()).isEqualTo(three);
  }

  @Test
  void aSequenceOfOneStepStandsBesideOneOfFiveThousand() throws IOException {
    String longer =
        IntStream.range(0, 5000)
            .mapToObj(t -> Double.toString(Math.sin(t / 9.0)))
            .collect(Collectors.joining(",", "[", "]"));
    String job =
        jobs.job(
            REGRESSION,
            jobs.block(
                "train",
                TinyJobs.VALUES,
                TinyJobs.row("one", "[0.5]", "[0.25]"),
                TinyJobs.row("many", longer, longer)));
    CommandRun.of("train", job, "--set", "training.epochs=1").succeeded();
    assertThat(metrics().at("/train/count").intValue()).isEqualTo(5001);
    assertThat(history().get(0).path("steps").intValue()).isEqualTo(5001);
  }

  @Test
  void anEmptySequenceIsRefusedByItsId() {
    assertThat(refused(TinyJobs.row("hollow", "[]", "\"rise\"")))
        .contains("1 of 5 rows", "row with id hollow", "column features", "an empty sequence")
        .contains("columns.handleInvalid = skip");
  }

  @Test
  void notANumberIsRefusedWithRowColumnAndStep() {
    assertThat(refused(TinyJobs.row("odd", "[[0, 1], [2, \"NaN\"]]", "\"rise\"")))
        .contains("row with id odd", "column features")
        .contains("expected a finite number at step 2, value 2, found NaN");
  }

  @Test
  void aNullIsRefusedWhereverItStands() {
    assertThat(refused(TinyJobs.row("n", "null", "\"rise\"")))
        .contains("row with id n", "column features is null");
    assertThat(refused(TinyJobs.row("n", "[[0, 1], null]", "\"rise\"")))
        .contains("row with id n", "column features", "step 2, found null");
    assertThat(refused(TinyJobs.row("n", "[[0, 1], [null, 1]]", "\"rise\"")))
        .contains("row with id n", "column features", "step 2, value 1, found null");
    assertThat(refused(TinyJobs.row("n", "[[0, 1]]", "null")))
        .contains("row with id n", "column label is null");
  }

  @Test
  void stepsOfDifferentWidthAreRefused() {
    assertThat(refused(TinyJobs.row("w", "[[0, 1], [2]]", "\"rise\"")))
        .contains("row with id w", "expected 2 values at step 2 as at step 1, found 1");
    assertThat(refused(TinyJobs.row("w", "[[0, 1, 2]]", "\"rise\"")))
        .contains("column features", "same number of values", "2=4, 3=1");
  }

  @Test
  void rowsThatCannotBeUsedAreLeftOutWhereTheJobSaysSo() throws IOException {
    String job =
        jobs.job(
            "columns.handleInvalid = skip",
            jobs.block(
                "train",
                TinyJobs.CLASSES,
                with(
                    TinyJobs.row("hollow", "[]", "\"rise\""),
                    TinyJobs.row("null", "[[0, 1]]", "null"))));
    CommandRun.of("train", job).succeeded();
    assertThat(metrics().at("/train/count").intValue()).isEqualTo(4);
  }

  @Test
  void aLabelThatTrainingNeverSawCountsAsWrong() throws IOException {
    String unseen = TinyJobs.row("new", "[[0, 1]]", "\"stays\"");
    String job =
        jobs.job(
            jobs.block("train", TinyJobs.CLASSES, TinyJobs.risingAndFalling(8, 5)),
            jobs.block("validation", TinyJobs.CLASSES, with(unseen)),
            jobs.block("test", TinyJobs.CLASSES, unseen));
    CommandRun.of("train", job).succeeded();
    JsonNode metrics = metrics();
    assertThat(metrics.at("/validation/unknown").intValue()).isEqualTo(1);
    assertThat(metrics.at("/validation/count").intValue()).isEqualTo(5);
    assertThat(metrics.at("/test/accuracy").doubleValue()).isZero();
    assertThat(metrics.at("/test/unknown").intValue()).isEqualTo(1);
  }

  @Test
  void aTagThatTrainingNeverSawCountsAsWrong() throws IOException {
    String job =
        jobs.job(
            LABELLING,
            jobs.block("train", TinyJobs.LABELS, AB),
            jobs.block(
                "test", TinyJobs.LABELS, TinyJobs.row("t", "[\"x\", \"new\"]", "[\"p\", \"r\"]")));
    CommandRun.of("train", job).succeeded();
    assertThat(metrics().at("/test/count").intValue()).isEqualTo(2);
    assertThat(metrics().at("/test/unknown").intValue()).isEqualTo(1);
  }

  @Test
  void oneClassAloneIsNothingToLearn() {
    String job =
        jobs.job(jobs.block("train", TinyJobs.CLASSES, TinyJobs.row("a", "[[0, 1]]", "\"rise\"")));
    assertThat(CommandRun.of("train", job).failure(ExitCode.DATA))
        .contains("at least 2 different labels", "[rise]");
    assertThat(jobs.model()).doesNotExist();
  }

  @Test
  void labelsThatDoNotFitTheirStepsAreRefused() {
    String job =
        jobs.job(
            LABELLING,
            jobs.block(
                "train", TinyJobs.LABELS, AB, TinyJobs.row("b", "[\"x\", \"y\"]", "[\"p\"]")));
    assertThat(CommandRun.of("train", job).failure(ExitCode.DATA))
        .contains("row with id b", "expected 2 targets", "found 1");
  }

  @Test
  void testRowsWithoutAnyTargetAreRefused() {
    String job =
        jobs.job(
            LABELLING,
            jobs.block("train", TinyJobs.LABELS, AB),
            jobs.block("test", TinyJobs.LABELS, TinyJobs.row("t", "[\"x\"]", "[null]")));
    assertThat(CommandRun.of("train", job).failure(ExitCode.DATA)).contains("data.test");
    assertThat(folder.resolve("models")).isEmptyDirectory();
  }

  @Test
  void aTrainingThatDivergesEndsAndLeavesNoModel() {
    String job =
        jobs.job(
            "optimizer { name = sgd, clipNorm = 0 }",
            "features.standardize = false",
            REGRESSION,
            jobs.block(
                "train",
                TinyJobs.VALUES,
                TinyJobs.row("a", "[1, 2, 3]", "[1, 4, 9]"),
                TinyJobs.row("b", "[1, 2, 3]", "[1, 4, 9]")));
    String failure =
        CommandRun.of("train", job, "--set=optimizer.learningRate=1e30", "--set=training.epochs=9")
            .failure(ExitCode.DIVERGENCE);
    assertThat(failure).contains("diverged in epoch ", "optimizer.learningRate");
    assertThat(folder.resolve("models")).isEmptyDirectory();
  }

  @Test
  void predictRefusesRowsOfAnotherWidthThanTheModels() {
    String[] rows = TinyJobs.risingAndFalling(4, 6);
    String job = jobs.job(jobs.block("train", TinyJobs.CLASSES, rows));
    CommandRun.of("train", job).succeeded();
    String wider = jobs.write("wider.jsonl", TinyJobs.row("wide", "[[0, 1, 2]]", "\"rise\""));
    String[] predict = {
      "predict",
      job,
      "--set=data.test={format = table, source = json, schema = \"%s\", path = \"%s\"}"
          .formatted(TinyJobs.CLASSES, wider),
      "--set=output.predictions=" + jobs.path("predictions")
    };
    assertThat(CommandRun.of(predict).failure(ExitCode.DATA))
        .contains("expected 2 values", "found 3");
    assertThat(jobs.path("predictions")).doesNotExist();
    predict[0] = "evaluate";
    assertThat(CommandRun.of(predict).failure(ExitCode.DATA)).contains("expected 2 values");
  }

  /** What train says of four good rows and this one; it leaves no model. */
  private String refused(String row) {
    String job = jobs.job(jobs.block("train", TinyJobs.CLASSES, with(row)));
    String failure = CommandRun.of("train", job).failure(ExitCode.DATA);
    assertThat(jobs.model()).doesNotExist();
    return failure;
  }

  private static String[] with(String... rows) {
    String[] good = TinyJobs.risingAndFalling(4, 7);
    String[] all = Arrays.copyOf(good, good.length + rows.length);
    System.arraycopy(rows, 0, all, good.length, rows.length);
    return all;
  }

  private byte[] parameters() throws IOException {
    return Files.readAllBytes(jobs.model().resolve("parameters.safetensors"));
  }

  private JsonNode metrics() throws IOException {
    return new ObjectMapper().readTree(Files.readString(jobs.model().resolve("metrics.json")));
  }

  private List<JsonNode> history() throws IOException {
    List<JsonNode> history = new ArrayList<>();
    for (String line : Files.readAllLines(jobs.model().resolve("history.jsonl"))) {
      history.add(new ObjectMapper().readTree(line));
    }
    return history;
  }
}
