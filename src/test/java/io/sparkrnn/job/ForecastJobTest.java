package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A small job of forecasting, and what every command makes of it. */
@ExtendWith(SparkSubmitted.class)
class ForecastJobTest {
  @TempDir private static Path folder;
  private static TinyJobs jobs;
  private static String job;

  @BeforeAll
  static void train() {
    jobs = new TinyJobs(folder);
    List<String> lines = new ArrayList<>(List.of("shop,day,sales"));
    Random random = new Random(7);
    for (String shop : List.of("b", "a")) {
      for (int day = 0; day < 80; day++) {
        double sales = 20 + 5 * Math.sin(day * Math.PI / 4) + random.nextGaussian();
        lines.add(shop + "," + (2000 + day) + "," + sales);
      }
    }
    String csv = jobs.write("sales.csv", lines.toArray(new String[0]));
    job =
        jobs.write(
            "forecast.conf",
            "job { task = forecasting, title = \"Sales & shops\" }",
            "data.train { format = table, source = csv, options = [\"header=true\"]",
            "  schema = \"shop STRING, day INT, sales DOUBLE\", path = \"" + csv + "\" }",
            "columns { id = shop, time = day, target = sales }",
            "series { validationFrom = \"60%\", testFrom = \"2064\" }",
            "forecast { model = gru, horizon = 4, context = 16, window = 16, season = 8 }",
            "network.hiddenSizes = [3]",
            "training { epochs = 2, batchSize = 4, partitions = 2 }",
            "output.model = \"" + jobs.model() + "\"");
    CommandRun.of("train", job).succeeded();
  }

  @Test
  void metricsHoldTheScoresOfTheTestPartBesideNaiveForecasts() throws IOException {
    JsonNode metrics = metrics();
    for (String part : List.of("validation", "test")) {
      for (String score : List.of("rmse", "mae", "mse", "smape", "mase", "coverage90", "pinball")) {
        assertThat(metrics.path(part).path(score).isNumber()).as(part + " " + score).isTrue();
      }
    }
    // 16 test steps hold 13 origins of 4 steps, in 2 series
    assertThat(metrics.at("/test/count").intValue()).isEqualTo(13 * 4 * 2);
    assertThat(metrics.at("/test/perStep")).hasSize(4);
    assertThat(metrics.at("/test/series")).hasSize(2);
    assertThat(metrics.path("baselines").fieldNames())
        .toIterable()
        .containsExactly("seasonal-naive", "repeat-last");
  }

  @Test
  void evaluateFindsTheNumbersThatTrainWrote() throws IOException {
    assertThat(CommandRun.of("evaluate", job, "--json").succeeded().json()).isEqualTo(metrics());
  }

  @Test
  void forecastWritesTheStepsAheadOfEverySeries() throws IOException {
    Path out = jobs.path("ahead");
    CommandRun.of(
            "forecast", job, "--set=output.forecasts=" + out, "--set=output.forecastsFormat=csv")
        .succeeded();
    List<String> rows = rows(out);
    assertThat(rows).hasSize(8);
    assertThat(rows.get(0)).startsWith("a,2080,1,");
    assertThat(rows.get(3)).startsWith("a,2083,4,");
    assertThat(rows.get(7)).startsWith("b,2083,4,");
    for (String row : rows) {
      String[] fields = row.split(",");
      double forecast = Double.parseDouble(fields[3]);
      assertThat(Double.parseDouble(fields[4])).isLessThanOrEqualTo(forecast);
      assertThat(Double.parseDouble(fields[5])).isGreaterThanOrEqualTo(forecast);
    }
    assertThat(out.resolve("_SUCCESS")).exists();
  }

  @Test
  void theReportShowsForecastsWithIntervalsResidualsAndTheirCorrelation() throws IOException {
    assertThat(Files.readString(jobs.model().resolve("report.html")))
        .contains(
            "Sales &amp; shops",
            "Forecasts and actual values",
            "90 % interval",
            "By steps ahead",
            "Residuals",
            "autocorrelation");
  }

  @Test
  void checkAndDescribeTellOfSeries() {
    assertThat(CommandRun.of("check", job).succeeded().out())
        .contains("data: 2 series of 80 to 80 steps, 160 steps in all, 96 of them to train on");
    assertThat(CommandRun.of("describe", jobs.model().toString()).succeeded().out())
        .contains("Sales & shops", "forecasting", "gru 3", "coverage");
  }

  @Test
  void whatOnlyOtherTasksHaveIsRefused() {
    assertThat(CommandRun.of("train", job, "--set=split.test=0.1").failure(ExitCode.CONFIGURATION))
        .contains("split.test: has no meaning for job.task = forecasting");
    assertThat(CommandRun.of("predict", job).failure(ExitCode.CONFIGURATION))
        .contains("job.task: predict appends to rows", "use forecast");
  }

  @Test
  void autoregressionWritesItsCoefficients() throws IOException {
    String[] arguments = {
      "train",
      job,
      "--set=forecast.model=ar",
      "--set=forecast.delays=2",
      "--set=forecast.strategy=recursive",
      "--set=output.model=" + jobs.path("ar")
    };
    CommandRun.of(arguments).succeeded();
    List<String> lines = Files.readAllLines(jobs.path("ar").resolve("coefficients.csv"));
    assertThat(lines.get(0)).isEqualTo("series,term,coefficient,standardError");
    assertThat(lines.subList(1, lines.size()))
        .extracting(line -> line.split(",")[1])
        .containsExactly("intercept", "lag1", "lag2");
    CommandRun.of("describe", jobs.path("ar").toString()).succeeded();
  }

  @Test
  void withoutATestPartAllStepsAreLearntFromAndNothingIsScored() throws IOException {
    Path model = jobs.path("whole");
    CommandRun run =
        CommandRun.of(
                "train",
                job,
                "--set=series.validationFrom=100%",
                "--set=series.testFrom=100%",
                "--set=forecast.intervals=none",
                "--set=output.model=" + model)
            .succeeded();
    assertThat(run.out()).contains("series.testFrom = 100%: all steps were learnt from");
    assertThat(new ObjectMapper().readTree(model.resolve("metrics.json").toFile())).isEmpty();
    assertThat(model.resolve("report.html")).content().contains("Learning curve");
    CommandRun.of("describe", model.toString()).succeeded();
  }

  private static JsonNode metrics() throws IOException {
    return new ObjectMapper().readTree(jobs.model().resolve("metrics.json").toFile());
  }

  private static List<String> rows(Path out) throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      List<String> rows = new ArrayList<>();
      for (Path file : files.filter(file -> file.toString().endsWith(".csv")).sorted().toList()) {
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0)).isEqualTo("id,time,step,forecast,lower,upper");
        rows.addAll(lines.subList(1, lines.size()));
      }
      return rows;
    }
  }
}
