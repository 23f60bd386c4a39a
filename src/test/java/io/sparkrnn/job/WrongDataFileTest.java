package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A wrong data file is told with file, line and column, and what was expected there. */
@ExtendWith(SparkSubmitted.class)
class WrongDataFileTest {
  @TempDir private Path folder;
  private TinyJobs jobs;

  @BeforeEach
  void writeInto() {
    jobs = new TinyJobs(folder);
  }

  @Test
  void aMissingFileIsNamedWithThePlaceLookedAt() {
    String absent = folder.resolve("absent.ts").toString();
    assertThat(train("data.train { format = uea, path = \"%s\" }".formatted(absent)))
        .contains(absent, "expected a file or folder, found nothing at file:" + absent);
  }

  @Test
  void aWrongNumberInAnUeaFileHasFileLineAndPlace() {
    String file =
        jobs.write(
            "bad.ts",
            "@problemName bad",
            "@timeStamps false",
            "@univariate false",
            "@dimensions 2",
            "@equalLength false",
            "@classLabel true a b",
            "@data",
            "1,2,3:4,5,6:a",
            "1,2,3:4,five,6:b");
    assertThat(train("data.train { format = uea, path = \"%s\" }".formatted(file)))
        .contains("bad.ts", "line 9", "dimension 2", "five");
  }

  @Test
  void aWrongLineInATreebankHasFileAndLine() {
    String file =
        jobs.write(
            "bad.conllu",
            "# sent_id = 1",
            "1\tWords\tword\tNOUN\t_\t_\t0\troot\t_\t_",
            "2\tshort\tshort\tADJ");
    assertThat(
            train(
                "job.task = labelling",
                "data.train { format = conllu, path = \"%s\" }".formatted(file)))
        .contains("bad.conllu", "line 3", "expected 10", "found 4");
  }

  @Test
  void aWrongNumberInLongFormatHasFileLineAndColumn() {
    String file = jobs.write("bad.csv", "time,value", "1,0.5", "2,high");
    assertThat(
            train(
                "job.task = regression",
                "data.train { format = next-step, path = \"%s\" }".formatted(file)))
        .contains("bad.csv", "line 3", "column \"value\"", "expected a finite number", "high");
  }

  @Test
  void aLineThatIsNoJsonIsDataThatAreWrong() {
    String block = jobs.block("train", TinyJobs.CLASSES, TinyJobs.risingAndFalling(2, 1));
    jobs.write("train.jsonl", "{\"id\": \"a\", \"features\": [[1, 2]], \"label\": \"x\"}", "{oops");
    assertThat(train(block)).contains("train.jsonl: ", "Malformed", "Unexpected character ('o'");
  }

  @Test
  void aTruncatedParquetIsDataThatAreWrongWherever() throws IOException {
    byte[] whole = parquet();
    Path file = jobs.path("cut.parquet");
    String read = "data.train { format = table, path = \"%s\" }".formatted(file);
    for (int kept : new int[] {0, 7, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, kept));
      assertThat(train(read)).as("%d of %d bytes", kept, whole.length).contains("cut.parquet");
    }
    byte[] hollow = whole.clone();
    Arrays.fill(hollow, 4, whole.length / 3, (byte) 0);
    Files.write(file, hollow);
    assertThat(train(read)).contains("cut.parquet");
    Files.write(file, whole);
    assertThat(CommandRun.of("train", jobs.job(read)).code()).isEqualTo(ExitCode.SUCCESS);
  }

  private byte[] parquet() throws IOException {
    String json = jobs.write("p.jsonl", TinyJobs.risingAndFalling(40, 4));
    Path written = jobs.path("written");
    SparkSession spark = TestSpark.session();
    spark
        .read()
        .schema(TinyJobs.CLASSES)
        .json(json)
        .coalesce(1)
        .write()
        .parquet(written.toString());
    spark.stop(); // the program starts its own
    try (Stream<Path> parts = Files.list(written)) {
      Path part =
          parts.filter(path -> path.toString().endsWith(".parquet")).findFirst().orElseThrow();
      return Files.readAllBytes(part);
    }
  }

  private String train(String... lines) {
    String failure = CommandRun.of("train", jobs.job(lines)).failure(ExitCode.DATA);
    assertThat(jobs.model()).doesNotExist();
    return failure;
  }
}
