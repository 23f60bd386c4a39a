package io.sparkrnn.training;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.error.DivergenceException;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.objective.Objective;
import io.sparkrnn.parameter.ParameterLayout;
import java.util.Optional;

/**
 * The loop: each epoch is one or more synchronous rounds; after it the validation data are scored,
 * the best parameters kept, and training ends early when they do not improve any more. Between two
 * rounds all that there is of a training is its {@link TrainingProgress}, which checkpoints keep.
 *
 * @param <B> a batch
 */
public final class Trainer<B> {

  private final TrainingSettings settings;
  private final ObjectiveFactory<B> description;
  private final Cluster cluster;
  private final TrainingListener listener;
  private final Checkpoints.Plan plan;

  /** Prepares a training without checkpoints. */
  public Trainer(
      TrainingSettings settings,
      ObjectiveFactory<B> description,
      Cluster cluster,
      TrainingListener listener) {
    this(settings, description, cluster, listener, Checkpoints.Plan.NONE);
  }

  /** Prepares a training. */
  public Trainer(
      TrainingSettings settings,
      ObjectiveFactory<B> description,
      Cluster cluster,
      TrainingListener listener,
      Checkpoints.Plan plan) {
    this.settings = settings;
    this.description = description;
    this.cluster = cluster;
    this.listener = listener;
    this.plan = plan;
  }

  /** The state before the first round. */
  public TrainingState start() {
    ParameterLayout layout = description.build().layout();
    float[] parameters = layout.initialize(RandomKey.ofSeed(settings.seed()).child("parameters"));
    int slots = settings.optimizer().optimizer().slots();
    float[] memory = new float[Math.multiplyExact(layout.size(), slots)];
    float[] driver = new float[new BlockMomentum(settings.averaging()).driverSize(layout.size())];
    return TrainingState.first(parameters, memory, driver);
  }

  /**
   * Trains.
   *
   * @param train shards, at least one sequence among them
   * @param validation shards to score after each epoch
   * @throws DivergenceException if training leaves the finite numbers; the state before is kept
   * @throws ConfigurationException if a checkpoint to go on from is of another training
   */
  public TrainingResult fit(Shards<B> train, Optional<Shards<B>> validation) {
    Objective<B> objective = description.build();
    objective.nothing().requireName(settings.metric());
    requireData(train, validation);
    Checkpoints checkpoints = plan.of(objective.layout(), train, validation);
    Course<B> course = new Course<>(settings, description, cluster, listener, train, validation);
    TrainingProgress progress = checkpoints.begin(TrainingProgress.first(start()));
    if (progress.state().rounds() > 0) {
      listener.resumed(progress);
    }
    while (!course.isOver(progress)) {
      progress = next(course, progress, checkpoints);
      checkpoints.offer(progress).ifPresent(listener::warned);
    }
    checkpoints.keep(progress).ifPresent(listener::warned);
    return course.result(progress);
  }

  /** One round further; if that fails, the progress before it is kept. */
  private TrainingProgress next(
      Course<B> course, TrainingProgress progress, Checkpoints checkpoints) {
    boolean done = false;
    try {
      TrainingProgress next = course.next(progress);
      if (next.history().size() > progress.history().size()) {
        listener.averaged(next.state());
        listener.epochEnded(next.history().get(progress.history().size()));
      }
      done = true;
      return next;
    } catch (DivergenceException e) {
      done = true;
      Optional<String> problem = checkpoints.keep(progress);
      problem.ifPresent(listener::warned);
      throw new DivergenceException(
          e.getMessage() + (problem.isPresent() ? "" : checkpoints.remedy()));
    } finally {
      if (!done) {
        checkpoints.keep(progress).ifPresent(listener::warned);
      }
    }
  }

  private void requireData(Shards<B> train, Optional<Shards<B>> validation) {
    if (train.items() == 0) {
      throw new DataException("there is no sequence to train on");
    }
    if (validation.isPresent() && validation.get().items() == 0) {
      throw new DataException("there is no sequence to validate on");
    }
    if (validation.isEmpty() && settings.patience() > 0) {
      throw new ConfigurationException(
          "training.patience: early stopping needs validation data, found none; name them or set patience = 0");
    }
  }
}
