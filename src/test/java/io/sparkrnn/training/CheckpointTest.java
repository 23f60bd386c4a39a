package io.sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.testing.Sample;
import io.sparkrnn.testing.Sample.Task;
import io.sparkrnn.testing.TestSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept, how often, what is passed over and what is refused. */
class CheckpointTest {
  private static final Map<String, Object> PERIOD = Map.of("averaging.period", "1");

  private static CheckpointSettings settings(int rounds, double minutes, int keep, boolean resume) {
    return new CheckpointSettings("memory:/run", rounds, minutes, keep, resume);
  }

  /** A run with its two newest checkpoints on the disk, after 4 jobs of 9 rounds. */
  private static CheckpointedRun killed() {
    CheckpointedRun run = CheckpointedRun.of(PERIOD);
    assertThatThrownBy(() -> run.fit(settings(1, 0, 2, false), 3))
        .isInstanceOf(MemoryStorage.PowerLost.class);
    run.disk().switchOn();
    assertThat(run.folder().names()).hasSize(2);
    return run;
  }

  @ParameterizedTest
  @ValueSource(strings = {CheckpointFile.ARRAYS, CheckpointFile.PROGRESS, CheckpointFile.MANIFEST})
  void aDamagedOneIsPassedOverForTheOneBefore(String file) {
    for (double place : new double[] {0, 0.3, 0.99}) {
      CheckpointedRun run = killed();
      String newest = "/run/" + run.folder().names().get(1) + "/" + file;
      byte[] bytes = run.disk().files.get(newest);
      bytes[(int) (place * bytes.length)] ^= 0x10;
      CheckpointedRun.assertSame(run.resume(), run.unbroken());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {CheckpointFile.ARRAYS, CheckpointFile.PROGRESS, CheckpointFile.MANIFEST})
  void aShortOneAndOneThatLacksAFileArePassedOverToo(String file) {
    for (boolean gone : new boolean[] {false, true}) {
      CheckpointedRun run = killed();
      String newest = "/run/" + run.folder().names().get(1) + "/" + file;
      byte[] bytes = run.disk().files.remove(newest);
      if (!gone) {
        run.disk().files.put(newest, Arrays.copyOf(bytes, bytes.length - 5));
      }
      CheckpointedRun.assertSame(run.resume(), run.unbroken());
    }
  }

  @Test
  void withAllOfThemDamagedTrainingBeginsAtTheBeginning() {
    CheckpointedRun run = killed();
    run.disk().files.keySet().removeIf(file -> file.endsWith(CheckpointFile.MANIFEST));
    CheckpointedRun.assertSame(run.resume(), run.unbroken());
  }

  @Test
  void theNewestAreKeptAndADamagedNewerOneDoesNotCount() {
    CheckpointedRun run = killed();
    String newest = run.folder().names().get(1);
    run.disk().files.remove("/run/" + newest + "/" + CheckpointFile.MANIFEST);
    run.fit(settings(1, 0, 1, true), Integer.MAX_VALUE);
    long rounds = run.unbroken().state().rounds();
    assertThat(run.folder().names()).containsExactly("checkpoint-%09d".formatted(rounds));
  }

  @Test
  void oneOfAnotherTrainingIsRefusedAndTheDifferenceNamed() {
    CheckpointedRun run = killed();
    refused(run.with("training.seed", 2L), "training.seed: 2 here, none there");
    refused(run.with("optimizer.learningRate", 0.1), "optimizer.learningRate: 0.1 here, 0.05");
    refused(
        new CheckpointedRun(run.disk(), run.settings(), run.sample(), 2, run.hidden()),
        "partitions: 2 here, 3 there");
    refused(
        new CheckpointedRun(run.disk(), run.settings(), run.sample(), run.shards(), 4),
        "parameter 2: encoder.0.W [12, 5] here, encoder.0.W [9, 5] there");
    Sample other = Sample.random(Task.LABELLING, 23, 14, 6);
    refused(
        new CheckpointedRun(run.disk(), run.settings(), other, run.shards(), run.hidden()),
        "training data: 14 sequences");
    CheckpointedRun.assertSame(run.resume(), run.unbroken());
  }

  private static void refused(CheckpointedRun other, String difference) {
    assertThatThrownBy(other::resume)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is of another training")
        .hasMessageContaining(difference)
        .hasMessageContaining("choose another folder");
  }

  @Test
  void dataThatDifferInOneBitAreOtherData() {
    float[] values = {1f, 2f, 3f};
    float[] changed = {1f, 2f, Math.nextUp(3f)};
    assertThat(shard(values).contentHash()).isEqualTo(shard(values.clone()).contentHash());
    assertThat(shard(values).contentHash()).isNotEqualTo(shard(changed).contentHash());
  }

  private static Shard<?> shard(float[] values) {
    List<Column> schema = List.of(Column.values("x", 1));
    Sequence sequence = new Sequence(3, 1f, new float[][] {values}, new int[][] {{}});
    return LocalShards.of(schema, List.of(sequence), 1).shards().get(0);
  }

  @Test
  void checkpointsOfAnEarlierTrainingAreNotOverwritten() {
    CheckpointedRun run = killed();
    assertThatThrownBy(() -> run.fit(settings(1, 0, 2, false), 100))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("memory:/run holds checkpoints")
        .hasMessageContaining("--resume");
    CheckpointedRun.assertSame(run.resume(), run.unbroken());
  }

  @Test
  void oneIsWrittenEverySoManyRoundsOrMinutes() {
    long rounds = CheckpointedRun.of(PERIOD).unbroken().state().rounds();
    assertThat(rounds).isEqualTo(9);
    assertThat(written(settings(4, 0, 99, false), 0)).containsExactly(0L, 4L, 8L, 9L);
    assertThat(written(settings(0, 10, 99, false), 4)).containsExactly(0L, 3L, 6L, 9L);
    assertThat(written(settings(2, 10, 99, false), 4)).containsExactly(0L, 2L, 4L, 6L, 8L, 9L);
  }

  /** Rounds after which there is a checkpoint, where the clock goes on at every look. */
  private static List<Long> written(CheckpointSettings settings, int minutesALook) {
    CheckpointedRun run = CheckpointedRun.of(PERIOD);
    long[] minutes = {0};
    run.fit(
        settings, Integer.MAX_VALUE, () -> TimeUnit.MINUTES.toNanos(minutes[0] += minutesALook));
    return run.folder().names().stream()
        .map(name -> Long.parseLong(name.replace("checkpoint-", "")))
        .toList();
  }

  @Test
  void oneThatCannotBeWrittenIsToldAndTrainingGoesOn() {
    CheckpointedRun run = CheckpointedRun.of(PERIOD);
    Warned warned = new Warned(run.disk(), 1, 2);
    TrainingResult result = run.fit(settings(1, 0, 99, false), warned);
    CheckpointedRun.assertSame(result, run.unbroken());
    assertThat(warned.messages)
        .containsExactly(
            "no checkpoint could be written in memory:/run after 3 rounds (No space left on device); training goes on, and a later one may be",
            "no checkpoint could be written in memory:/run after 4 rounds (No space left on device); training goes on, and a later one may be",
            "no checkpoint could be written in memory:/run after 5 rounds (No space left on device); training goes on, and a later one may be");
    assertThat(run.folder().names())
        .containsSubsequence(
            "checkpoint-%09d".formatted(2),
            "checkpoint-%09d".formatted(6),
            "checkpoint-%09d".formatted(9))
        .doesNotContain("checkpoint-%09d".formatted(3), "checkpoint-%09d".formatted(5));
    CheckpointedRun.assertSame(run.resume(), run.unbroken());
    assertThat(run.folder().names()).allMatch(name -> name.startsWith("checkpoint-"));
  }

  @Test
  void withNoneWrittenAfterTheFirstTheRunStillEndsInTheSameBytes() {
    CheckpointedRun run = CheckpointedRun.of(PERIOD);
    Warned warned = new Warned(run.disk(), 1, 99);
    CheckpointedRun.assertSame(run.fit(settings(1, 0, 2, false), warned), run.unbroken());
    assertThat(warned.messages).hasSizeGreaterThanOrEqualTo(6);
    run.disk().setFull(false);
    CheckpointedRun.assertSame(run.resume(), run.unbroken());
  }

  /** A disk that is full from the end of one epoch to the end of another. */
  private static final class Warned implements TrainingListener {
    private final MemoryStorage.Disk disk;
    private final int from;
    private final int to;
    private final List<String> messages = new ArrayList<>();

    Warned(MemoryStorage.Disk disk, int from, int to) {
      this.disk = disk;
      this.from = from;
      this.to = to;
    }

    @Override
    public void epochEnded(EpochRecord record) {
      disk.setFull(record.epoch() >= from && record.epoch() < to);
    }

    @Override
    public void warned(String message) {
      messages.add(message);
    }
  }

  @Test
  void discardingRemovesCheckpointsAndNothingElse() {
    CheckpointedRun run = killed();
    run.folder().write("notes.txt", out -> out.write('x'));
    CheckpointFolder.discard(run.folder());
    assertThat(run.folder().names()).containsExactly("notes.txt");
  }

  @Test
  void everyNumberComesBackToTheBit() {
    float[] parameters = {1f, Float.MIN_VALUE, -0f};
    TrainingState state =
        new TrainingState(3, 2, 17, 123456789012L, 0.1, parameters, new float[] {7f}, new float[0]);
    TrainingState good =
        new TrainingState(3, 0, 15, 9, 0.1, new float[] {1, 2, 3}, new float[] {8f}, new float[0]);
    EpochRecord record =
        new EpochRecord(
            1,
            9,
            5,
            1 / 3.0,
            Math.nextUp(0.001),
            Optional.of(Map.of("loss", Double.NaN, "accuracy", 0.1 + 0.2)),
            77,
            1.5,
            1.25,
            true,
            2,
            1,
            Map.of("layer.0", 1e-300));
    EpochSums sums =
        new EpochSums(new LossSum(0.1 + 0.2, 3, 4), 5, 1, List.of(Math.PI, 1e-310), 6, 7.5);
    TrainingProgress progress =
        new TrainingProgress(
            state,
            good,
            sums,
            new Best(2, Double.NEGATIVE_INFINITY, Double.NaN, good.parameters()),
            List.of(record));
    RunIdentity identity =
        new RunIdentity(Map.of("a.b", "[1, \"ü\"]"), List.of("W [3, 1]"), 5, "data", "none");
    Storage folder = new MemoryStorage(new MemoryStorage.Disk(), "/c");
    new CheckpointFile(identity, progress).write(folder);
    CheckpointFile read = CheckpointFile.read(folder);
    assertThat(read.identity()).isEqualTo(identity);
    assertThat(read)
        .usingRecursiveComparison()
        .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
        .withEqualsForType((a, b) -> Float.compare(a, b) == 0, Float.class)
        .isEqualTo(new CheckpointFile(identity, progress));
    assertThat(read.progress().state().parameters()).isEqualTo(parameters);
    assertThat(read.progress().best().parameters()).isSameAs(read.progress().good().parameters());
  }

  @Test
  void settingsThatCannotWorkTogetherAreRefused() {
    assertThatThrownBy(() -> TestSettings.checkpoints("checkpoint.resume", true))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("checkpoint.folder");
    assertThatThrownBy(
            () -> TestSettings.checkpoints("checkpoint.folder", "x", "checkpoint.minutes", 0))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("checkpoint.minutes");
  }
}
