package io.sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.testing.Sample;
import io.sparkrnn.testing.Sample.Task;
import io.sparkrnn.testing.TestSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** A small training with validation, dropout and checkpoints, and another run of the same. */
record CheckpointedRun(
    MemoryStorage.Disk disk, Map<String, Object> settings, Sample sample, int shards, int hidden) {

  static final Sample SAMPLE = Sample.random(Task.LABELLING, 21, 14, 6);
  private static final Sample VALIDATION = Sample.random(Task.LABELLING, 22, 4, 6);

  /** A run in one folder of an empty disk. */
  static CheckpointedRun of(Map<String, Object> others) {
    Map<String, Object> settings = new TreeMap<>(others);
    settings.putIfAbsent("training.epochs", 3);
    settings.putIfAbsent("training.batchSize", 2);
    settings.putIfAbsent("optimizer.learningRate", 0.05);
    return new CheckpointedRun(new MemoryStorage.Disk(), settings, SAMPLE, 3, 3);
  }

  CheckpointedRun with(String key, Object value) {
    Map<String, Object> changed = new TreeMap<>(settings);
    changed.put(key, value);
    return new CheckpointedRun(disk, changed, sample, shards, hidden);
  }

  Storage folder() {
    return new MemoryStorage(disk, "/run");
  }

  /** Trains to the end, from the newest checkpoint if there is one. */
  TrainingResult resume() {
    return fit(new CheckpointSettings("memory:/run", 1, 0, 2, true), Integer.MAX_VALUE);
  }

  /** The same training with no checkpoints. */
  TrainingResult unbroken() {
    return fit(Checkpoints.Plan.NONE, Integer.MAX_VALUE, TrainingListener.NONE);
  }

  /** Trains until some job of the cluster, when the machine loses its power. */
  TrainingResult fit(CheckpointSettings checkpoints, int jobs) {
    return fit(checkpoints, jobs, System::nanoTime);
  }

  TrainingResult fit(CheckpointSettings checkpoints, int jobs, LongSupplier clock) {
    return fit(plan(checkpoints, clock), jobs, TrainingListener.NONE);
  }

  /** Trains to the end with a listener. */
  TrainingResult fit(CheckpointSettings checkpoints, TrainingListener listener) {
    return fit(plan(checkpoints, System::nanoTime), Integer.MAX_VALUE, listener);
  }

  private Checkpoints.Plan plan(CheckpointSettings checkpoints, LongSupplier clock) {
    Map<String, String> configuration = new TreeMap<>();
    settings.forEach((key, value) -> configuration.put(key, value.toString()));
    return (layout, train, validation) ->
        new CheckpointFolder(
            folder(), checkpoints, RunIdentity.of(configuration, layout, train, validation), clock);
  }

  private TrainingResult fit(Checkpoints.Plan plan, int jobs, TrainingListener listener) {
    List<Object> keysAndValues = new ArrayList<>();
    settings.forEach((key, value) -> keysAndValues.addAll(List.of(key, value)));
    try (Cluster cluster = new DyingCluster(disk, jobs)) {
      Shards<SequenceBatch> validation = VALIDATION.shards(2);
      return new Trainer<>(
              TestSettings.training(keysAndValues.toArray()),
              SAMPLE.description(
                      "network.cell",
                      "gru",
                      "network.hiddenSizes",
                      List.of(hidden),
                      "network.outputDropout",
                      0.2)
                  ::build,
              cluster,
              listener,
              plan)
          .fit(sample.shards(shards), Optional.of(validation));
    }
  }

  /** The same bytes, and the same history but for the time it took. */
  static void assertSame(TrainingResult found, TrainingResult expected) {
    assertThat(found.parameters()).isEqualTo(expected.parameters());
    assertThat(found.bestEpoch()).isEqualTo(expected.bestEpoch());
    assertThat(found.state().parameters()).isEqualTo(expected.state().parameters());
    assertThat(found.state().memory()).isEqualTo(expected.state().memory());
    assertThat(found.state().driver()).isEqualTo(expected.state().driver());
    assertThat(found.history().stream().map(CheckpointedRun::timeless))
        .containsExactlyElementsOf(
            expected.history().stream().map(CheckpointedRun::timeless).toList());
  }

  private static EpochRecord timeless(EpochRecord epoch) {
    return new EpochRecord(
        epoch.epoch(),
        epoch.epochs(),
        epoch.rounds(),
        epoch.loss(),
        epoch.learningRate(),
        epoch.validation(),
        epoch.steps(),
        0,
        0,
        epoch.best(),
        epoch.dropped(),
        epoch.rollbacks(),
        epoch.gradientNorms());
  }

  /** Threads of a machine that loses its power before the job after so many. */
  private static final class DyingCluster implements Cluster {
    private final LocalCluster threads = new LocalCluster(2);
    private final MemoryStorage.Disk disk;
    private int jobsLeft;

    DyingCluster(MemoryStorage.Disk disk, int jobs) {
      this.disk = disk;
      this.jobsLeft = jobs;
    }

    @Override
    public <B> Slice.Folded run(Round<B> round, TrainingState start, Shards<B> of, String label) {
      age();
      return threads.run(round, start, of, label);
    }

    @Override
    public <B, R extends Serializable> List<R> map(
        ShardFunction<B, R> function, float[] parameters, Shards<B> of, String label) {
      age();
      return threads.map(function, parameters, of, label);
    }

    @Override
    public void close() {
      threads.close();
    }

    private void age() {
      if (jobsLeft-- == 0) {
        disk.losePowerAfter(0);
        throw new MemoryStorage.PowerLost();
      }
    }
  }
}
