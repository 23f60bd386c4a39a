package io.sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.optimizer.LearningRateSchedule;
import io.sparkrnn.optimizer.Optimizer;
import io.sparkrnn.optimizer.OptimizerSettings;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.testing.TestSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a step is told of the training's progress does not depend on how it is cut into rounds. */
class ProgressTest {
  private static final int EPOCHS = 2;
  private static final int BATCHES = 4;
  private static final LearningRateSchedule SCHEDULE =
      new LearningRateSchedule(LearningRateSchedule.EXPONENTIAL, 0.5, 1, 0.5, 1, EPOCHS);

  /** The steps of a training on one shard of four mini-batches. */
  private static List<Optimizer.StepSize> steps(String of, String period, String memory) {
    TrainingSettings settings =
        TestSettings.training(
            "training.epochs", EPOCHS,
            "training.batchSize", 1,
            "averaging.of", of,
            "averaging.period", period,
            "averaging.optimizerState", memory);
    Recording recording = new Recording(new ArrayList<>());
    TrainingSettings recorded =
        new TrainingSettings(
            settings.epochs(),
            settings.batchSize(),
            settings.seed(),
            settings.patience(),
            settings.metric(),
            settings.averaging(),
            new OptimizerSettings(recording, SCHEDULE, 0, 0),
            settings.backend(),
            settings.divergence());
    List<Point> points = Collections.nCopies(BATCHES, new Point(1, 1f));
    Trainings.fit(recorded, 1, Point.shards(points));
    return recording.sizes;
  }

  @Test
  void learningRatesFollowTheShareOfTheEpochDone() {
    List<Double> expected =
        IntStream.range(0, EPOCHS * BATCHES)
            .mapToObj(step -> SCHEDULE.at(step / (double) BATCHES))
            .toList();
    for (String period : List.of("epoch", "1", "3")) {
      assertThat(steps("parameters", period, "average"))
          .as(period)
          .extracting(Optimizer.StepSize::learningRate)
          .containsExactlyElementsOf(expected);
    }
    assertThat(steps("gradients", "1", "average"))
        .extracting(Optimizer.StepSize::learningRate)
        .containsExactlyElementsOf(expected);
  }

  @Test
  void stepsAreCountedOnAcrossRoundsUnlessMemoryIsReset() {
    assertThat(steps("parameters", "3", "average"))
        .extracting(Optimizer.StepSize::count)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    assertThat(steps("gradients", "1", "average"))
        .extracting(Optimizer.StepSize::count)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    assertThat(steps("parameters", "3", "reset"))
        .extracting(Optimizer.StepSize::count)
        .containsExactly(1L, 2L, 3L, 1L, 1L, 2L, 3L, 1L);
  }

  /** Keeps what it is told; of one shard there is one thread at a time. */
  private record Recording(List<StepSize> sizes) implements Optimizer {
    @Override
    public int slots() {
      return 0;
    }

    @Override
    public void step(StepSize size, float[] parameters, Gradient gradient, float[] memory) {
      sizes.add(size);
    }
  }
}
