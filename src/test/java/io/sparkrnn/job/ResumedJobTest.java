package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.ml.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code train --resume}, and what a job leaves of its checkpoints. */
@ExtendWith(SparkSubmitted.class)
class ResumedJobTest {

  @TempDir private Path folder;

  @Test
  void aTrainingThatDivergedGoesOnWithSmallerStepsAndItsCheckpointsAreRemoved() throws IOException {
    TinyJobs jobs = new TinyJobs(folder);
    String job =
        jobs.job(
            jobs.block("train", TinyJobs.CLASSES, TinyJobs.risingAndFalling(24, 1)),
            "checkpoint { folder = \"" + folder.resolve("run") + "\", rounds = 1 }",
            "math.backend = java",
            "optimizer { name = sgd, clipNorm = 0 }");
    String huge = "optimizer.learningRate=1e39";
    CommandRun diverged = CommandRun.of("train", job, "--set", huge);
    assertThat(diverged.failure(ExitCode.DIVERGENCE))
        .contains("training diverged in epoch ", "is kept in file:" + folder.resolve("run"))
        .contains("--resume", "training.divergence = rollback");
    assertThat(jobs.model()).doesNotExist();
    assertThat(names("run")).isNotEmpty().allMatch(name -> name.startsWith("checkpoint-"));

    CommandRun refused = CommandRun.of("train", job, "--resume", "--set", "training.seed=9");
    assertThat(refused.failure(ExitCode.CONFIGURATION)).contains("training.seed: 9 here, 1 there");
    CommandRun again = CommandRun.of("train", job, "--set", huge);
    assertThat(again.failure(ExitCode.CONFIGURATION)).contains("holds checkpoints");

    CommandRun.of(
            "train",
            job,
            "--resume",
            "--set",
            huge,
            "--set",
            "training.divergence=rollback",
            "--set",
            "training.rollbackFactor=1e-40",
            "--set",
            "training.rollbacks=9")
        .succeeded();
    assertThat(jobs.model().resolve(ModelFolder.PARAMETERS)).exists();
    assertThat(Files.readString(jobs.model().resolve(ModelFolder.HISTORY)))
        .contains("\"rollbacks\":")
        .contains("\"gradientNorms\":{\"encoder.0\":")
        .doesNotContain("NaN");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void withoutACheckpointResumeBeginsAtTheBeginningAndWithoutAFolderItIsRefused() {
    TinyJobs jobs = new TinyJobs(folder);
    String job =
        jobs.job(
            jobs.block("train", TinyJobs.CLASSES, TinyJobs.risingAndFalling(24, 1)),
            "math.backend = java");
    assertThat(CommandRun.of("train", job, "--resume").failure(ExitCode.CONFIGURATION))
        .contains("checkpoint.folder: to resume");
    CommandRun.of("train", job, "--resume", "--set", "checkpoint.folder=" + folder.resolve("run"))
        .succeeded();
  }

  private List<String> names(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
