package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where the rows that train, validate and test come from, and that none is in two parts. */
@ExtendWith(SparkSubmitted.class)
class DataPartsTest {
  @TempDir private Path folder;
  private TinyJobs jobs;

  @BeforeEach
  void writeInto() {
    jobs = new TinyJobs(folder);
  }

  @Test
  void aColumnMarksTheRowsThatValidate() throws IOException {
    String[] rows = TinyJobs.risingAndFalling(9, 1);
    String[] marked =
        IntStream.range(0, rows.length)
            .mapToObj(i -> rows[i].replace("\"id\"", "\"held\": " + mark(i) + ", \"id\""))
            .toArray(String[]::new);
    String job =
        jobs.job(
            "columns.validationIndicator = held",
            jobs.block("train", TinyJobs.CLASSES + ", held BOOLEAN", marked));
    CommandRun.of("train", job, "--set", "training.patience=1").succeeded();
    JsonNode metrics = metrics();
    assertThat(metrics.at("/validation/count").intValue()).isEqualTo(3);
    assertThat(metrics.at("/train/count").intValue()).isEqualTo(6);
  }

  private static String mark(int row) {
    return row % 3 == 0 ? "true" : row % 3 == 1 ? "false" : "null";
  }

  @Test
  void aStratifiedSplitHasTheExactShareOfEachClassAndIsApartFromTheTrainingSeed()
      throws IOException {
    String job =
        jobs.job(
            "split { validation = 0.25, test = 0.25, stratified = true }",
            jobs.block("train", TinyJobs.CLASSES, TinyJobs.risingAndFalling(16, 2)));
    CommandRun.of("train", job).succeeded();
    JsonNode first = metrics();
    assertThat(first.at("/train/count").intValue()).isEqualTo(8);
    for (String part : new String[] {"validation", "test"}) {
      assertThat(first.path(part).path("perClass"))
          .allMatch(label -> label.path("support").intValue() == 2)
          .hasSize(2);
    }
    CommandRun.of("train", job, "--set=training.seed=7", "--set=output.overwrite=true").succeeded();
    JsonNode scores = CommandRun.of("evaluate", job, "--json").succeeded().json();
    assertThat(scores.path("test")).isEqualTo(metrics().path("test"));
  }

  @Test
  void aShareThatNoRowFallsIntoIsTold() {
    String job =
        jobs.job(
            "split.test = 0.001",
            jobs.block("train", TinyJobs.CLASSES, TinyJobs.risingAndFalling(4, 3)));
    assertThat(CommandRun.of("train", job).failure(ExitCode.DATA))
        .contains("data.test: no row of data.train falls into this part");
  }

  @Test
  void aModelReadsTheColumnsThatTheJobNames() throws IOException {
    String[] rows = TinyJobs.risingAndFalling(6, 4);
    String job = jobs.job(jobs.block("train", TinyJobs.CLASSES, rows));
    CommandRun.of("train", job).succeeded();
    String[] renamed =
        Stream.of(rows)
            .map(row -> row.replace("features", "series").replace("label", "trend"))
            .toArray(String[]::new);
    String test =
        jobs.block("test", "id STRING, series ARRAY<ARRAY<DOUBLE>>, trend STRING", renamed);
    String other =
        jobs.write(
            "other.conf",
            test,
            "columns { features = series, label = trend, prediction = guess, probability = \"\" }",
            "output { model = \"%s\", predictions = \"%s\" }"
                .formatted(jobs.model(), jobs.path("guesses")));

    JsonNode scores = CommandRun.of("evaluate", other, "--json").succeeded().json();
    assertThat(scores.path("test")).isEqualTo(metrics().path("train"));
    CommandRun.of("predict", other).succeeded();
    try (Stream<Path> files = Files.list(jobs.path("guesses"))) {
      Path written = files.filter(file -> file.toString().endsWith(".json")).findFirst().get();
      JsonNode row = new ObjectMapper().readTree(Files.readAllLines(written).get(0));
      assertThat(row.fieldNames()).toIterable().containsExactly("id", "series", "trend", "guess");
    }
  }

  private JsonNode metrics() throws IOException {
    return new ObjectMapper().readTree(Files.readString(jobs.model().resolve("metrics.json")));
  }
}
