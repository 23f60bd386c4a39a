package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One small training, and what every command makes of it. */
@ExtendWith(SparkSubmitted.class)
class TrainedModelTest {
  private static final List<String> FILES =
      List.of(
          "_SUCCESS",
          "encoding.json",
          "history.jsonl",
          "job.conf",
          "metadata",
          "metrics.json",
          "network.json",
          "parameters.safetensors",
          "provenance.json",
          "report.html");

  @TempDir private static Path folder;
  private static TinyJobs jobs;
  private static String job;
  private static CommandRun trained;

  @BeforeAll
  static void train() {
    jobs = new TinyJobs(folder);
    job =
        jobs.job(
            "job { title = \"Rising & falling\", notes = [\"tried once\"] }",
            jobs.block("train", TinyJobs.CLASSES, TinyJobs.risingAndFalling(24, 1)),
            jobs.block("validation", TinyJobs.CLASSES, TinyJobs.risingAndFalling(8, 2)),
            jobs.block("test", TinyJobs.CLASSES, TinyJobs.risingAndFalling(10, 3)));
    trained = CommandRun.of("train", job, "--set", "training.epochs=12").succeeded();
  }

  @Test
  void theFolderIsWholeAndNothingIsLeftBesideIt() throws IOException {
    assertThat(visible(jobs.model())).isEqualTo(FILES);
    assertThat(visible(jobs.model().getParent())).containsExactly("model");
    assertThat(trained.out()).contains("model and report: file:" + jobs.model());
  }

  @Test
  void metricsHaveTheThreePartsByPlainNames() throws IOException {
    JsonNode metrics = json("metrics.json");
    assertThat(metrics.fieldNames()).toIterable().containsExactly("train", "validation", "test");
    for (JsonNode part : metrics) {
      assertThat(part.path("accuracy").doubleValue()).isEqualTo(1.0);
      assertThat(part.path("loss").doubleValue()).isBetween(0.0, 0.6);
      assertThat(part.path("macroF1").isNumber()).isTrue();
      assertThat(part.path("weightedF1").isNumber()).isTrue();
      assertThat(part.path("confusion").path("labels")).hasSize(2);
    }
    assertThat(metrics.at("/train/count").intValue()).isEqualTo(24);
    assertThat(metrics.at("/validation/count").intValue()).isEqualTo(8);
    assertThat(metrics.at("/test/count").intValue()).isEqualTo(10);
  }

  @Test
  void theHistoryHasALineAnEpochAndTheBestOneWasKept() throws IOException {
    List<JsonNode> history = new ArrayList<>();
    for (String line : Files.readAllLines(jobs.model().resolve("history.jsonl"))) {
      history.add(new ObjectMapper().readTree(line));
    }
    assertThat(history).hasSize(12);
    assertThat(history).allMatch(epoch -> epoch.path("validation").has("accuracy"));
    int best = json("provenance.json").path("bestEpoch").intValue();
    assertThat(history.get(best - 1).at("/validation/loss").doubleValue())
        .isEqualTo(json("metrics.json").at("/validation/loss").doubleValue());
  }

  @Test
  void provenanceTellsWhereTheModelComesFrom() throws IOException {
    JsonNode provenance = json("provenance.json");
    assertThat(provenance.path("title").asText()).isEqualTo("Rising & falling");
    assertThat(provenance.path("seed").intValue()).isEqualTo(1);
    assertThat(provenance.path("partitions").intValue()).isEqualTo(2);
    assertThat(provenance.path("sequences").intValue()).isEqualTo(24);
    assertThat(provenance.path("notes").path(0).asText()).isEqualTo("tried once");
    assertThat(provenance.at("/data/train").asText()).contains("train.jsonl");
    assertThat(provenance.at("/versions/spark").asText()).startsWith("4.");
    assertThat(provenance.path("job").asText()).isEqualTo(read("job.conf"));
  }

  @Test
  void theReportIsOnePageThatNeedsNoNetwork() throws IOException {
    assertThat(read("report.html"))
        .contains("Rising &amp; falling", "<svg", "rise", "tried once")
        .doesNotContain("<script src", "<link");
  }

  @Test
  void evaluateFindsTheNumbersThatTrainWrote() throws IOException {
    JsonNode scores = CommandRun.of("evaluate", job, "--json").succeeded().json();
    JsonNode metrics = json("metrics.json");
    assertThat(scores.fieldNames()).toIterable().containsExactly("validation", "test");
    assertThat(scores.path("test")).isEqualTo(metrics.path("test"));
    assertThat(scores.path("validation")).isEqualTo(metrics.path("validation"));
  }

  @Test
  void evaluatePrintsTheSameTableAsTrain() {
    String table = CommandRun.of("evaluate", job).succeeded().out();
    String testRow = table.lines().filter(line -> line.startsWith("test")).findFirst().orElse("");
    assertThat(testRow).contains("1.0000");
    assertThat(trained.out()).contains(testRow);
  }

  @Test
  void predictAppendsPredictionsToTheRows() throws IOException {
    Path predictions = jobs.path("predictions");
    CommandRun run =
        CommandRun.of("predict", job, "--set", "output.predictions=" + predictions).succeeded();
    assertThat(run.out()).contains("predictions: file:" + predictions);
    assertThat(visible(predictions)).contains("_SUCCESS");
    List<JsonNode> rows = new ArrayList<>();
    for (String file : visible(predictions)) {
      for (String line : Files.readAllLines(predictions.resolve(file))) {
        rows.add(new ObjectMapper().readTree(line));
      }
    }
    assertThat(rows).hasSize(10);
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.path("prediction")).isEqualTo(row.path("label"));
              assertThat(row.path("id").asText()).startsWith("s");
              assertThat(row.at("/probability/values")).hasSize(2);
            });
  }

  @Test
  void predictionsAreNotWrittenOverUnlessAskedTo() {
    String[] once = {"predict", job, "--set", "output.predictions=" + jobs.path("twice")};
    CommandRun.of(once).succeeded();
    assertThat(CommandRun.of(once).failure(ExitCode.CONFIGURATION))
        .startsWith("--set output.predictions=")
        .contains("twice exists", "output.overwrite=true");
    CommandRun.of(
            "predict",
            job,
            "--set=output.predictions=" + jobs.path("twice"),
            "--set=output.overwrite=true",
            "--set=output.predictionsFormat=parquet")
        .succeeded();
    assertThat(jobs.path("twice")).isDirectoryContaining("glob:**.parquet");
  }

  @Test
  void predictNeedsRowsWithoutLabelsOnly() throws IOException {
    String block =
        jobs.block(
            "predict",
            "id STRING, features ARRAY<ARRAY<DOUBLE>>",
            "{\"id\": \"a\", \"features\": [[0, 1], [3, 1]]}");
    String own =
        jobs.write(
            "predict.conf",
            block,
            "columns.id = id",
            "output { model = \""
                + jobs.model()
                + "\", predictions = \"%s\" }".formatted(jobs.path("own")));
    CommandRun.of("predict", own).succeeded();
    assertThat(jobs.path("own")).isDirectoryContaining("glob:**.json");
  }

  @Test
  void describeTellsWhatIsInTheFolder() {
    assertThat(CommandRun.of("describe", jobs.model().toString()).succeeded().out())
        .contains(
            "Rising & falling",
            "classification",
            "gru 3",
            "24 sequences",
            "2 partitions",
            "seed 1",
            "accuracy",
            "test ");
  }

  @Test
  void checkLooksAtTheDataAndTrainsNothing() {
    CommandRun run = CommandRun.of("check", job, "--set", "output.model=").succeeded();
    assertThat(run.out())
        .contains("24 rows to train on", "8 rows to validate on", "test: 10 rows", "is fine");
  }

  @Test
  void theEffectiveJobFileTrainsTheSameBytes() throws IOException {
    String effective = jobs.model().resolve("job.conf").toString();
    assertThat(parameters("again", effective)).isEqualTo(parameters(jobs.model()));
  }

  @Test
  void theSameCommandGivesTheSameBytes() throws IOException {
    assertThat(parameters("twin", job, "--set", "training.epochs=12"))
        .isEqualTo(parameters(jobs.model()));
  }

  @Test
  void anExistingModelIsReplacedOnlyWhereAskedToAndAnotherSeedGivesOtherBytes() throws IOException {
    byte[] before = parameters("kept", job);
    String[] again = {
      "train", job, "--set=output.model=" + jobs.path("kept"), "--set=training.seed=2"
    };
    assertThat(CommandRun.of(again).failure(ExitCode.CONFIGURATION))
        .startsWith("--set output.model=")
        .contains("kept exists", "output.overwrite=true");
    assertThat(parameters(jobs.path("kept"))).isEqualTo(before);

    List<String> overwriting = new ArrayList<>(List.of(again));
    overwriting.add("--set=output.overwrite=true");
    CommandRun.of(overwriting.toArray(new String[0])).succeeded();
    assertThat(parameters(jobs.path("kept"))).isNotEqualTo(before);
    assertThat(visible(jobs.path("kept"))).isEqualTo(FILES);
  }

  @Test
  void aFolderThatIsNoModelIsNeverReplaced() throws IOException {
    Path own = Files.createDirectories(jobs.path("precious"));
    Files.writeString(own.resolve("thesis.txt"), "years of work");
    assertThat(
            CommandRun.of("train", job, "--set=output.model=" + own, "--set=output.overwrite=true")
                .failure(ExitCode.CONFIGURATION))
        .startsWith("--set output.model=")
        .contains("precious exists and was not written by spark-rnn");
    assertThat(own.resolve("thesis.txt")).hasContent("years of work");
  }

  private static byte[] parameters(String name, String file, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("train", file, "--set", "output.model=" + jobs.path(name)));
    arguments.addAll(List.of(more));
    CommandRun.of(arguments.toArray(new String[0])).succeeded();
    return parameters(jobs.path(name));
  }

  private static byte[] parameters(Path model) throws IOException {
    return Files.readAllBytes(model.resolve("parameters.safetensors"));
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(read(name));
  }

  private static String read(String name) throws IOException {
    return Files.readString(jobs.model().resolve(name));
  }

  /** Names in a folder, less the checksums that Hadoop keeps on a local disk. */
  private static List<String> visible(Path parent) throws IOException {
    try (Stream<Path> inside = Files.list(parent)) {
      return inside
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }
}
