package io.sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.training.MemoryStorage.PowerLost;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that was killed at any moment goes on to the bytes of an unbroken one. */
class ResumeTest {

  static Stream<Map<String, Object>> trainings() {
    return Stream.of(
        Map.of("averaging.period", "epoch", "training.patience", 2),
        Map.of("averaging.period", "1", "averaging.optimizerState", "reset"),
        Map.of(
            "averaging.period",
            "2",
            "averaging.blockMomentum",
            0.5,
            "averaging.warmupRounds",
            2,
            "optimizer.name",
            "momentum",
            "optimizer.schedule",
            "cosine"),
        Map.of("averaging.of", "gradients"));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void killedBeforeAnyRoundOrValidationItGoesOnToTheSameBytes(Map<String, Object> settings) {
    TrainingResult unbroken = CheckpointedRun.of(settings).unbroken();
    int jobs = unbroken.history().stream().mapToInt(EpochRecord::rounds).sum() + 3;
    for (int job = 0; job < jobs; job++) {
      CheckpointedRun run = CheckpointedRun.of(settings);
      assertKilled(run, job);
      assertThat(run.folder().names()).allMatch(name -> name.startsWith("checkpoint-"));
      CheckpointedRun.assertSame(run.resume(), unbroken);
    }
  }

  @Test
  void killedAtAnyWriteMoveOrRemovalItGoesOnToTheSameBytes() {
    Map<String, Object> settings = Map.of("averaging.period", "2");
    TrainingResult unbroken = CheckpointedRun.of(settings).unbroken();
    int operation = 0;
    boolean died = true;
    for (; died; operation++) {
      CheckpointedRun run = CheckpointedRun.of(settings);
      run.disk().losePowerAfter(operation);
      died = hasDied(run);
      run.disk().switchOn();
      CheckpointedRun.assertSame(run.resume(), unbroken);
      assertThat(run.folder().names()).hasSize(2).noneMatch(name -> name.startsWith("_"));
    }
    assertThat(operation).isGreaterThan(30);
  }

  @Test
  void killedAgainAndAgainItStillGoesOn() {
    Map<String, Object> settings = Map.of("averaging.period", "1");
    TrainingResult unbroken = CheckpointedRun.of(settings).unbroken();
    CheckpointedRun run = CheckpointedRun.of(settings);
    int kills = 0;
    while (hasDiedAfterJobs(run, 2)) {
      kills++;
    }
    assertThat(kills).isGreaterThan(3);
    CheckpointedRun.assertSame(run.resume(), unbroken);
  }

  @Test
  void aTrainingThatIsDoneIsNotTrainedAgain() {
    CheckpointedRun run = CheckpointedRun.of(Map.of());
    TrainingResult first = run.resume();
    CheckpointSettings settings = new CheckpointSettings("memory:/run", 1, 0, 2, true);
    CheckpointedRun.assertSame(run.fit(settings, 0), first);
  }

  @Test
  void checkpointsChangeNothing() {
    CheckpointedRun run = CheckpointedRun.of(Map.of());
    CheckpointedRun.assertSame(run.resume(), run.unbroken());
  }

  @Test
  void whatFailsIsKeptAsItWasBeforeWhateverTheInterval() {
    CheckpointedRun run = CheckpointedRun.of(Map.of("averaging.period", "1"));
    CheckpointSettings rare = new CheckpointSettings("memory:/run", 1000, 0, 2, false);
    long[] calls = {0};
    assertThatThrownBy(
            () ->
                run.fit(
                    rare,
                    Integer.MAX_VALUE,
                    () -> {
                      if (calls[0]++ == 5) {
                        throw new IllegalStateException("the clock stopped");
                      }
                      return 0;
                    }))
        .hasMessage("the clock stopped");
    List<String> names = run.folder().names();
    assertThat(names).containsExactly("checkpoint-000000000");
    CheckpointedRun.assertSame(run.resume(), run.unbroken());
  }

  private static boolean hasDiedAfterJobs(CheckpointedRun run, int jobs) {
    try {
      run.fit(new CheckpointSettings("memory:/run", 1, 0, 2, true), jobs);
      return false;
    } catch (PowerLost e) {
      run.disk().switchOn();
      return true;
    }
  }

  private static boolean hasDied(CheckpointedRun run) {
    try {
      run.fit(new CheckpointSettings("memory:/run", 1, 0, 2, false), Integer.MAX_VALUE);
      return false;
    } catch (PowerLost e) {
      return true;
    }
  }

  private static void assertKilled(CheckpointedRun run, int jobs) {
    CheckpointSettings settings = new CheckpointSettings("memory:/run", 1, 0, 2, false);
    assertThatThrownBy(() -> run.fit(settings, jobs)).isInstanceOf(PowerLost.class);
    run.disk().switchOn();
  }
}
