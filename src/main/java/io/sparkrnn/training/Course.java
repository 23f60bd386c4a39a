package io.sparkrnn.training;

import io.sparkrnn.error.DivergenceException;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.objective.Objective;
import io.sparkrnn.parameter.ParameterLayout;
import java.util.List;
import java.util.Optional;

/**
 * What follows what in a training: a round after a round, and after the last of an epoch its
 * scores. The next progress is a function of the last one; nothing is remembered here.
 *
 * @param <B> a batch
 */
final class Course<B> {

  private final TrainingSettings settings;
  private final ObjectiveFactory<B> description;
  private final Cluster cluster;
  private final TrainingListener listener;
  private final Shards<B> train;
  private final Optional<Shards<B>> validation;
  private final List<String> layers;
  private final int rounds;
  private final Round<B> round;

  Course(
      TrainingSettings settings,
      ObjectiveFactory<B> description,
      Cluster cluster,
      TrainingListener listener,
      Shards<B> train,
      Optional<Shards<B>> validation) {
    this.settings = settings;
    this.description = description;
    this.cluster = cluster;
    this.listener = listener;
    this.train = train;
    this.validation = validation;
    Objective<B> objective = description.build();
    ParameterLayout layout = objective.layout();
    layers = GradientNorms.layers(layout);
    rounds = settings.averaging().rounds(mostBatches());
    round =
        settings.averaging().gradients()
            ? new GradientAveraging<>(description, settings, layout.size(), rounds)
            : new ParameterAveraging<>(description, settings, layout.size());
  }

  /** Whether nothing is left to do. */
  boolean isOver(TrainingProgress progress) {
    int epochs = progress.state().epoch();
    int patience = settings.patience();
    return epochs >= settings.epochs()
        || (patience > 0 && epochs - progress.best().epoch() >= patience);
  }

  /**
   * One round further, and over the end of the epoch if it was the last one.
   *
   * @throws DivergenceException if that leaves the finite numbers and the policy has no other way
   */
  TrainingProgress next(TrainingProgress before) {
    TrainingState state = before.state();
    String label =
        "epoch %d/%d, round %d/%d"
            .formatted(state.epoch() + 1, settings.epochs(), state.round() + 1, rounds);
    long began = System.nanoTime();
    Slice.Folded folded = cluster.run(round, round.start(state), train, label);
    TrainingState advanced = round.advance(state, folded);
    double seconds = secondsSince(began);
    TrainingProgress after =
        isLost(folded.summaries()) || !advanced.finite()
            ? lost(before, before.sums().plusLost(folded.summaries(), seconds), label)
            : before.with(advanced, before.sums().plus(folded.summaries(), seconds));
    return after.state().round() == rounds ? epochEnded(after) : after;
  }

  /** What training leaves. */
  TrainingResult result(TrainingProgress last) {
    if (!last.best().finite()) {
      throw new DivergenceException(
          "training diverged: after no epoch was the network finite on the validation data; lower optimizer.learningRate or optimizer.clipNorm, and look for extreme values in the data");
    }
    return new TrainingResult(
        last.best().parameters(), last.best().epoch(), last.history(), last.state());
  }

  /** Whether some shard worked, and none to a finite end; shards without work are finite too. */
  private static boolean isLost(List<ShardSummary> summaries) {
    return summaries.stream().anyMatch(summary -> !summary.finite())
        && summaries.stream().allMatch(summary -> summary.divisor() == 0);
  }

  private TrainingProgress lost(TrainingProgress before, EpochSums sums, String label) {
    DivergenceSettings divergence = settings.divergence();
    TrainingProgress counted = before.with(before.state(), sums);
    switch (divergence.policy()) {
      case DivergenceSettings.SKIP -> {
        listener.warned(label + " diverged and is skipped: no shard that worked was finite");
        return before.with(before.state().afterNothing(), sums);
      }
      case DivergenceSettings.ROLLBACK -> {
        if (before.rollbacks() >= divergence.rollbacks()) {
          throw diverged(label, "after %d rollbacks ".formatted(before.rollbacks()));
        }
        TrainingProgress again = counted.rolledBack(divergence.factor());
        listener.warned(
            "%s diverged: epoch %d begins anew with learning rates times %s"
                .formatted(label, again.state().epoch() + 1, again.state().stepFactor()));
        return again;
      }
      default -> throw diverged(label, "");
    }
  }

  private static DivergenceException diverged(String label, String after) {
    return new DivergenceException(
        "training diverged %sin %s: no shard that worked has a finite loss and finite parameters; lower optimizer.learningRate or optimizer.clipNorm, and look for extreme values in the data"
            .formatted(after, label));
  }

  private TrainingProgress epochEnded(TrainingProgress last) {
    EpochSums sums = last.sums();
    TrainingState state = last.state().nextEpoch();
    if (sums.loss().weight() == 0 && sums.dropped() > 0) {
      throw diverged("epoch %d/%d".formatted(state.epoch(), settings.epochs()), "");
    }
    long began = System.nanoTime();
    Optional<Metrics> scores = score(state);
    Best best = last.best().or(state, scores, settings.metric());
    double rate =
        settings.optimizer().schedule().scaled(state.stepFactor()).at((double) state.epoch());
    EpochRecord ended =
        new EpochRecord(
            state.epoch(),
            settings.epochs(),
            rounds,
            sums.loss().weight() > 0 ? sums.loss().mean() : Double.NaN,
            rate,
            scores.map(Metrics::values),
            sums.loss().steps(),
            sums.seconds() + secondsSince(began),
            sums.seconds(),
            scores.isPresent() && best.epoch() == state.epoch(),
            sums.dropped(),
            sums.rollbacks(),
            sums.meanNorms(layers));
    return last.nextEpoch(best, ended);
  }

  private Optional<Metrics> score(TrainingState state) {
    return validation.map(
        shards ->
            new Evaluation<>(description, settings.backend(), Evaluation.BATCH)
                .on(
                    cluster,
                    state.parameters(),
                    shards,
                    "validation after epoch %d/%d".formatted(state.epoch(), settings.epochs())));
  }

  private int mostBatches() {
    return train.infos().stream()
        .mapToInt(info -> info.miniBatches(settings.batchSize()))
        .max()
        .orElse(0);
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
