package io.sparkrnn.training;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.error.DivergenceException;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.objective.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The loop: each epoch is one or more synchronous rounds; after it the validation data are scored,
 * the best parameters kept, and training ends early when they do not improve any more.
 *
 * @param <B> a batch
 */
public final class Trainer<B> {

  private static final int EVALUATION_BATCH = 256;

  private final TrainingSettings settings;
  private final ObjectiveFactory<B> description;
  private final Cluster cluster;
  private final TrainingListener listener;

  /** Prepares a training. */
  public Trainer(
      TrainingSettings settings,
      ObjectiveFactory<B> description,
      Cluster cluster,
      TrainingListener listener) {
    this.settings = settings;
    this.description = description;
    this.cluster = cluster;
    this.listener = listener;
  }

  /** The state before the first round. */
  public TrainingState start() {
    int size = description.build().layout().size();
    float[] parameters =
        description
            .build()
            .layout()
            .initialize(RandomKey.ofSeed(settings.seed()).child("parameters"));
    int slots = settings.optimizer().optimizer().slots();
    float[] memory = new float[Math.multiplyExact(size, slots)];
    float[] driver = new float[new BlockMomentum(settings.averaging()).driverSize(size)];
    return new TrainingState(0, 0, 0, 0, parameters, memory, driver);
  }

  /**
   * Trains.
   *
   * @param train shards, at least one sequence among them
   * @param validation shards to score after each epoch
   */
  public TrainingResult fit(Shards<B> train, Optional<Shards<B>> validation) {
    if (train.items() == 0) {
      throw new DataException("there is no sequence to train on");
    }
    Objective<B> objective = description.build();
    objective.nothing().requireName(settings.metric());
    if (validation.isPresent() && validation.get().items() == 0) {
      throw new DataException("there is no sequence to validate on");
    }
    if (validation.isEmpty() && settings.patience() > 0) {
      throw new ConfigurationException(
          "training.patience: early stopping needs validation data, found none; name them or set patience = 0");
    }
    int rounds = settings.averaging().rounds(mostBatches(train));
    Round<B> round = round(objective.layout().size(), rounds);
    Best best = new Best();
    List<EpochRecord> history = new ArrayList<>();
    TrainingState state = start();
    best.parameters = state.parameters();
    while (state.epoch() < settings.epochs() && !best.exhausted(state.epoch())) {
      Epoch epoch = epoch(round, rounds, state, train);
      state = epoch.state.nextEpoch();
      listener.averaged(state);
      Optional<Metrics> scores = score(state, validation);
      best.consider(state, scores);
      EpochRecord ended =
          epoch.ended(state, scores, scores.isPresent() && best.epoch == state.epoch());
      history.add(ended);
      listener.epochEnded(ended);
    }
    return new TrainingResult(best.parameters, best.epoch, List.copyOf(history), state);
  }

  private Round<B> round(int size, int rounds) {
    return settings.averaging().gradients()
        ? new GradientAveraging<>(description, settings, size, rounds)
        : new ParameterAveraging<>(description, settings, size);
  }

  private int mostBatches(Shards<B> train) {
    return train.infos().stream()
        .mapToInt(info -> info.miniBatches(settings.batchSize()))
        .max()
        .orElse(0);
  }

  private Epoch epoch(Round<B> round, int rounds, TrainingState before, Shards<B> train) {
    Epoch epoch = new Epoch(before, rounds);
    for (int r = 0; r < rounds; r++) {
      TrainingState state = epoch.state;
      String label =
          "epoch %d/%d, round %d/%d".formatted(state.epoch() + 1, settings.epochs(), r + 1, rounds);
      Slice.Folded folded = cluster.run(round, round.start(state), train, label);
      epoch.add(folded.summaries(), label);
      epoch.state = round.advance(state, folded);
    }
    epoch.trainingSeconds = epoch.secondsSoFar();
    return epoch;
  }

  private Optional<Metrics> score(TrainingState state, Optional<Shards<B>> validation) {
    return validation.map(
        shards ->
            new Evaluation<>(description, settings.backend(), EVALUATION_BATCH)
                .on(
                    cluster,
                    state.parameters(),
                    shards,
                    "validation after epoch %d/%d".formatted(state.epoch(), settings.epochs())));
  }

  /** Sums of the epoch that runs. */
  private final class Epoch {
    private final long began = System.nanoTime();
    private final int rounds;
    private TrainingState state;
    private LossSum loss = LossSum.ZERO;
    private int dropped;
    private double trainingSeconds;

    Epoch(TrainingState state, int rounds) {
      this.state = state;
      this.rounds = rounds;
    }

    void add(List<ShardSummary> summaries, String label) {
      int droppedBefore = dropped;
      double divisor = 0;
      for (ShardSummary summary : summaries) {
        divisor += summary.divisor();
        if (summary.finite()) {
          loss = loss.plus(summary.loss());
        } else {
          dropped++;
        }
      }
      if (dropped > droppedBefore && divisor == 0) { // shards without work are finite too
        throw new DivergenceException(
            "training diverged in %s: no shard that worked has a finite loss; lower optimizer.learningRate or optimizer.clipNorm, and look for extreme values in the data"
                .formatted(label));
      }
    }

    double secondsSoFar() {
      return (System.nanoTime() - began) / 1e9;
    }

    EpochRecord ended(TrainingState after, Optional<Metrics> scores, boolean best) {
      return new EpochRecord(
          after.epoch(),
          settings.epochs(),
          rounds,
          loss.weight() > 0 ? loss.mean() : Double.NaN,
          settings.optimizer().schedule().at(after.epoch()),
          scores.map(Metrics::values),
          loss.steps(),
          secondsSoFar(),
          trainingSeconds,
          best,
          dropped);
    }
  }

  /** The best epoch so far; without validation the last. */
  private final class Best {
    private float[] parameters = {};
    private int epoch;
    private double score;

    void consider(TrainingState state, Optional<Metrics> scores) {
      if (scores.isEmpty()) {
        parameters = state.parameters();
        epoch = state.epoch();
        return;
      }
      double value = scores.get().value(settings.metric());
      double oriented = scores.get().higherIsBetter(settings.metric()) ? value : -value;
      double comparable = Double.isNaN(oriented) ? Double.NEGATIVE_INFINITY : oriented;
      if (epoch == 0 || comparable > score) {
        parameters = state.parameters();
        epoch = state.epoch();
        score = comparable;
      }
    }

    boolean exhausted(int epochsDone) {
      return settings.patience() > 0 && epochsDone - epoch >= settings.patience();
    }
  }
}
