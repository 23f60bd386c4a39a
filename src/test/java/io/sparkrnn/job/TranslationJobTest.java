package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A small translation as a job: what train, evaluate, predict and check make of it. */
@ExtendWith(SparkSubmitted.class)
class TranslationJobTest {
  @TempDir private static Path folder;
  private static TinyJobs jobs;
  private static String job;
  private static CommandRun trained;

  /** a and b, copied. */
  private static String[] copies(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              String text = i % 3 == 0 ? "\"a\",\"b\"" : i % 3 == 1 ? "\"b\"" : "\"a\",\"a\",\"b\"";
              return "{\"id\":\"r%03d\",\"features\":[%s],\"label\":[%s]}".formatted(i, text, text);
            })
        .toArray(String[]::new);
  }

  @BeforeAll
  static void train() {
    jobs = new TinyJobs(folder);
    job =
        jobs.job(
            "job { task = translation, title = Copies, baselines = [copy-source], examples = [r002] }",
            "decoder.attention = additive",
            "search { beam = 2, best = 2 }",
            jobs.block("train", TinyJobs.LABELS, copies(48)),
            jobs.block("validation", TinyJobs.LABELS, copies(6)),
            jobs.block("test", TinyJobs.LABELS, copies(9)));
    trained = CommandRun.of("train", job, "--set", "training.epochs=25").succeeded();
  }

  private static JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(Files.readString(jobs.model().resolve(file)));
  }

  @Test
  void metricsHaveTheirNamesAndTheBaselineCopies() throws IOException {
    JsonNode metrics = json("metrics.json");
    for (String part : new String[] {"validation", "test"}) {
      assertThat(metrics.path(part).properties())
          .extracting(Map.Entry::getKey)
          .contains("loss", "perplexity", "exactMatch", "wordErrorRate", "phoneErrorRate", "bleu");
    }
    assertThat(metrics.at("/test/exactMatch").asDouble()).isEqualTo(1);
    assertThat(metrics.at("/test/count").asInt()).isEqualTo(3); // equal sources count once
    assertThat(metrics.at("/baselines/copy-source/exactMatch").asDouble()).isEqualTo(1);
    assertThat(trained.out()).contains("wordErrorRate");
  }

  @Test
  void theReportShowsTheChosenExampleWithItsAttention() throws IOException {
    JsonNode examples = json("metrics.json").at("/test/examples");
    assertThat(examples).hasSize(1);
    assertThat(examples.at("/0/output").toString()).isEqualTo("[\"a\",\"a\",\"b\"]");
    assertThat(examples.at("/0/attention")).hasSize(4);
    String report = Files.readString(jobs.model().resolve("report.html"));
    assertThat(report).contains("Examples", "aab → aab", "looks at");
  }

  @Test
  void evaluateScoresAgainWithAnotherSearch() {
    CommandRun run =
        CommandRun.of("evaluate", job, "--set", "search.beam=1", "--set", "search.best=1", "--json")
            .succeeded();
    assertThat(run.out()).contains("\"exactMatch\" : 1.0");
  }

  @Test
  void predictAppendsTranslations() throws IOException {
    Path written = folder.resolve("translations");
    CommandRun.of(
            "predict",
            job,
            "--set",
            "output.predictions=" + written,
            "--set",
            "columns.hypotheses=best")
        .succeeded();
    try (Stream<Path> files = Files.list(written)) {
      Path part = files.filter(file -> file.toString().endsWith(".json")).findFirst().orElseThrow();
      JsonNode row = new ObjectMapper().readTree(Files.readAllLines(part).get(0));
      assertThat(row.path("prediction")).isEqualTo(row.path("label"));
      assertThat(row.path("score").isNumber()).isTrue();
      assertThat(row.path("best")).hasSize(2);
    }
  }

  @Test
  void checkTrainsNothingAndBaselinesOfOtherTasksAreRefused() {
    assertThat(CommandRun.of("check", job).succeeded().out())
        .contains("data: 48 rows to train on", "is fine");
    CommandRun refused =
        CommandRun.of(
            "train",
            job,
            "--set",
            "job.baselines=[mean]",
            "--set",
            "output.model=" + folder.resolve("m2"));
    assertThat(refused.failure(ExitCode.CONFIGURATION)).contains("copy-source");
  }
}
