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

/** A language model by its job file: trained, scored, used on rows, and made to write. */
@ExtendWith(SparkSubmitted.class)
class LanguageJobTest {
  @TempDir private static Path folder;

  private static TinyJobs jobs;
  private static String job;

  @BeforeAll
  static void train() {
    jobs = new TinyJobs(folder);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      lines.add("login of user " + i * 7 % 10);
    }
    String text = jobs.write("log.txt", lines.toArray(new String[0]));
    String part = "{ format = text, document = line, path = \"" + text + "\", ";
    job =
        jobs.write(
            "language.conf",
            "job { task = language-model, title = \"Lines & logins\" }",
            "data.train " + part + "until = \"60%\" }",
            "data.validation " + part + "from = \"60%\", until = \"80%\" }",
            "data.test " + part + "from = \"80%\" }",
            "columns { id = id, features = text }",
            "language { segment = 8, sampleLength = 12, samplePrompt = \"lo\" }",
            "network { hiddenSizes = [8], embeddingSizes = [6] }",
            "optimizer.learningRate = 0.02",
            "training { epochs = 3, batchSize = 4, partitions = 2 }",
            "math.backend = java",
            "output.model = \"" + jobs.model() + "\"");
    CommandRun.of("train", job).succeeded();
  }

  @Test
  void metricsHoldTheScoresOfEachPartBesideNGrams() throws IOException {
    for (String part : List.of("train", "validation", "test")) {
      JsonNode scores = metrics().path(part);
      double loss = scores.path("loss").asDouble();
      assertThat(loss).as(part).isBetween(0.1, 3.5);
      assertThat(scores.path("perplexity").asDouble()).isEqualTo(Math.exp(loss));
      assertThat(scores.path("bitsPerCharacter").asDouble()).isPositive();
      assertThat(scores.path("unknown").isIntegralNumber()).isTrue();
    }
    // 16 lines of 15 characters and a boundary
    assertThat(metrics().at("/test/count").intValue()).isEqualTo(16 * 16);
    assertThat(metrics().path("baselines").fieldNames())
        .toIterable()
        .containsExactly("unigram", "bigram", "trigram", "5-gram");
  }

  @Test
  void evaluateFindsTheNumbersThatTrainWrote() throws IOException {
    JsonNode again = CommandRun.of("evaluate", job, "--json").succeeded().json();
    assertThat(again.path("test")).isEqualTo(metrics().path("test"));
    assertThat(again.path("validation")).isEqualTo(metrics().path("validation"));
  }

  @Test
  void predictAppendsProbabilitiesAndSurprise() throws IOException {
    Path out = jobs.path("scored");
    CommandRun.of(
            "predict", job, "--set=output.predictions=" + out, "--set=columns.surprise=surprise")
        .succeeded();
    List<String> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(out)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".json")).toList()) {
        rows.addAll(Files.readAllLines(file));
      }
    }
    assertThat(rows).hasSize(16);
    for (String row : rows) {
      JsonNode scored = new ObjectMapper().readTree(row);
      assertThat(scored.path("text").asText()).startsWith("login of user ");
      assertThat(scored.path("logProbability").asDouble()).isNegative();
      assertThat(scored.path("perplexity").asDouble()).isGreaterThan(1);
      assertThat(scored.path("surprise")).hasSize(16);
    }
  }

  @Test
  void generateWritesTextAloneAndTheSameBySeed() {
    String[] arguments = {
      "generate", jobs.model().toString(), "--prompt", "login", "--length", "20", "--seed", "3"
    };
    String text = CommandRun.of(arguments).succeeded().out();
    assertThat(text).endsWith("\n").hasSizeBetween(1, 21);
    assertThat(CommandRun.of(arguments).succeeded().out()).isEqualTo(text);
    assertThat(CommandRun.of("generate", jobs.model().toString(), "--temperature", "-1"))
        .extracting(CommandRun::code)
        .isEqualTo(ExitCode.CONFIGURATION);
    assertThat(CommandRun.of("generate", jobs.path("nowhere").toString()))
        .extracting(CommandRun::code)
        .isEqualTo(ExitCode.DATA);
  }

  @Test
  void theReportShowsWhatTheModelWroteAfterEpochs() throws IOException {
    assertThat(Files.readString(jobs.model().resolve("report.html")))
        .contains("Lines &amp; logins", "Samples", "After epoch 1", "After epoch 3", "<pre>lo");
    assertThat(Files.readAllLines(jobs.model().resolve("history.jsonl")))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).contains("\"sample\":\"lo"));
  }

  @Test
  void describeTellsOfTheNetwork() {
    assertThat(CommandRun.of("describe", jobs.model().toString()).succeeded().out())
        .contains("language-model", "full softmax", "embedding.token.E");
  }

  private static JsonNode metrics() throws IOException {
    return new ObjectMapper()
        .readTree(Files.readString(jobs.model().resolve(TrainCommand.METRICS)));
  }
}
