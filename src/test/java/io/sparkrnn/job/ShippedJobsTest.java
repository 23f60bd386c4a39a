package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every job file of the project, and every one shown in a README, is valid as it stands. */
class ShippedJobsTest {
  private static final Path JOBS = Path.of("jobs");
  private static final Pattern MENTIONED = Pattern.compile("\\bjobs/[\\w./-]+\\.conf\\b");
  private static final Pattern SHOWN = Pattern.compile("(?ms)^```hocon\\n(.*?)^```");

  @TempDir private Path folder;

  static List<Path> jobs() throws IOException {
    return below(JOBS, ".conf");
  }

  static List<Path> readmes() throws IOException {
    return Stream.of("jobs", "conf", "data", "scripts")
        .flatMap(
            top -> {
              try {
                return below(Path.of(top), ".md").stream();
              } catch (IOException error) {
                throw new UncheckedIOException(error);
              }
            })
        .toList();
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void aJobFileIsValid(Path file) {
    JobFile job = load(file.toString());
    require(job);
    assertThat(job.values().get(JobSettings.MODEL)).as("output.model").startsWith("models/");
    assertThat(job.values().get(JobSettings.TITLE)).as("job.title").isNotEmpty();
    assertThat(job.block("data.train")).as("data.train").isPresent();
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void dataOfTheProjectThatAJobReadsAreThere(Path file) throws IOException {
    for (String path : mentions(Files.readString(file), Pattern.compile("\\bdata/[\\w./-]+"))) {
      assertThat(Path.of(path)).exists();
    }
  }

  @ParameterizedTest
  @MethodSource("readmes")
  void jobFilesThatAReadmeNamesAreThere(Path readme) throws IOException {
    require(readme);
  }

  @Test
  void jobFilesThatTheReadmeNamesAreThereAndThoseItShowsAreValid() throws IOException {
    Path readme = Path.of("README.md");
    require(readme);
    for (MatchResult shown : SHOWN.matcher(Files.readString(readme)).results().toList()) {
      JobFile job =
          load(Files.writeString(folder.resolve("shown.conf"), shown.group(1)).toString());
      require(job);
    }
  }

  private static void require(JobFile job) {
    if (ForecastJob.is(job)) {
      Estimators.forecaster(job.values());
      ForecastJob.require(job);
    } else if (TranslationJob.is(job)) {
      Estimators.translator(job.values());
      JobData.require(job);
    } else if (LanguageJob.is(job)) {
      Estimators.languageModeler(job.values());
      JobData.require(job);
    } else {
      Estimators.of(job.values());
      JobData.require(job);
    }
  }

  private static void require(Path readme) throws IOException {
    for (String name : mentions(Files.readString(readme), MENTIONED)) {
      assertThat(Path.of(name)).as("named in " + readme).exists();
    }
  }

  private static List<String> mentions(String text, Pattern pattern) {
    return pattern.matcher(text).results().map(MatchResult::group).distinct().toList();
  }

  private static JobFile load(String file) {
    JobSource source = JobFileSamples.source(Map.of("SPARK_RNN_DATA", "/sets"));
    return JobFile.load(source, file, List.of(), JobSettings.SCHEMA);
  }

  private static List<Path> below(Path top, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(top)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
