package io.sparkrnn.training;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.objective.Objective;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.parameter.Parameters;
import java.util.List;

/**
 * One mini-batch in every shard, the sum of their gradients divided by the sum of their weights,
 * and one optimizer step on the driver: with P shards, one step on a mini-batch P times as large.
 *
 * @param description builds the objective on executors
 * @param settings of the training
 * @param layoutSize N
 * @param roundsAnEpoch mini-batches of the shard that has most
 * @param <B> a batch
 */
public record GradientAveraging<B>(
    ObjectiveFactory<B> description, TrainingSettings settings, int layoutSize, int roundsAnEpoch)
    implements Round<B> {

  @Override
  public int vectorLength() {
    return layoutSize;
  }

  /** Steps are taken on the driver: the optimizer's memory stays there. */
  @Override
  public TrainingState start(TrainingState state) {
    return state.startingAt(state.parameters(), new float[0]);
  }

  @Override
  public ShardResult work(TrainingState start, Shard<B> shard) {
    BatchSource source = new BatchSource(settings, start.epoch(), shard);
    if (start.round() >= source.count()) {
      ShardSummary idle = new ShardSummary(shard.index(), LossSum.ZERO, 0, 0, 0, true);
      return new ShardResult(idle, new float[layoutSize]);
    }
    Objective<B> objective = description.build();
    Gradient gradient = new Gradient(objective.layout());
    Parameters view = new Parameters(objective.layout(), start.parameters());
    LossSum loss;
    try (Pass pass = new Pass(view, gradient, Backend.gemm(settings.backend()))) {
      source.lead(objective, start.round(), shard, pass);
      source.begin(pass, start.round());
      loss = objective.lossAndGradient(shard.batch(source.items(start.round())), pass);
    }
    ShardSummary summary =
        new ShardSummary(shard.index(), loss, 1, loss.weight() > 0 ? 1 : 0, loss.weight(), true);
    List<Double> norms = loss.weight() > 0 ? GradientNorms.of(gradient, loss.weight()) : List.of();
    return ShardResult.checked(summary.withNorms(norms), gradient.values());
  }

  @Override
  public TrainingState advance(TrainingState state, Slice.Folded folded) {
    double weight = folded.summaries().stream().mapToDouble(ShardSummary::divisor).sum();
    float[] parameters = state.parameters().clone();
    float[] memory = state.memory().clone();
    if (weight > 0) {
      ParameterLayout layout = description.build().layout();
      Gradient gradient = new Gradient(layout);
      gradient.set(folded.values());
      double progress = state.epoch() + (double) state.round() / roundsAnEpoch;
      settings
          .optimizer()
          .scaled(state.stepFactor())
          .step(parameters, gradient, memory, 1, progress, state.steps() + 1);
    }
    return state.nextRound(weight > 0 ? 1 : 0, parameters, memory, state.driver());
  }
}
