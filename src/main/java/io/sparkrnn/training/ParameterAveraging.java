package io.sparkrnn.training;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.objective.Objective;
import io.sparkrnn.optimizer.OptimizerSettings;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.Parameters;
import java.util.Arrays;
import java.util.List;

/**
 * Local mini-batch steps in every shard, then the weighted mean of parameters (and of the
 * optimizer's memory) over shards: W = Σ n_p W_p / Σ n_p with n_p the time steps that shard p saw.
 * A shard whose mini-batches of the epoch are used up gives nothing. With block momentum (Chen and
 * Huo 2016) the driver takes the mean as a step: G = mean − B, Δ ← ηΔ + G, W ← W + Δ, and the next
 * round starts at B = W + ηΔ.
 *
 * @param description builds the objective on executors
 * @param settings of the training
 * @param layoutSize N
 * @param <B> a batch
 */
public record ParameterAveraging<B>(
    ObjectiveFactory<B> description, TrainingSettings settings, int layoutSize)
    implements Round<B> {

  @Override
  public int vectorLength() {
    int slots = settings.averaging().resetMemory() ? 0 : slots();
    return Math.multiplyExact(layoutSize, 1 + slots);
  }

  /** B, and the optimizer's memory unless it starts from zero in every round. */
  @Override
  public TrainingState start(TrainingState state) {
    float[] memory = settings.averaging().resetMemory() ? new float[0] : state.memory();
    return state.startingAt(new BlockMomentum(settings.averaging()).start(state), memory);
  }

  @Override
  public ShardResult work(TrainingState start, Shard<B> shard) {
    BatchSource source = new BatchSource(settings, start.epoch(), shard);
    int each = settings.averaging().period() == 0 ? source.count() : settings.averaging().period();
    long first = (long) start.round() * each;
    int from = (int) Math.min(source.count(), first);
    int to = (int) Math.min(source.count(), first + each);
    Objective<B> objective = description.build();
    float[] parameters = start.parameters().clone();
    float[] memory =
        settings.averaging().resetMemory()
            ? new float[Math.multiplyExact(layoutSize, slots())]
            : start.memory().clone();
    long stepsBefore = settings.averaging().resetMemory() ? 0 : start.steps();
    Parameters view = new Parameters(objective.layout(), parameters);
    Gradient gradient = new Gradient(objective.layout());
    OptimizerSettings optimizer = settings.optimizer().scaled(start.stepFactor());
    LossSum total = LossSum.ZERO;
    List<Double> norms = List.of();
    long taken = 0;
    try (Pass pass = new Pass(view, gradient, Backend.gemm(settings.backend()))) {
      source.lead(objective, from, shard, pass);
      for (int b = from; b < to; b++) {
        gradient.clear();
        source.begin(pass, b);
        LossSum loss = objective.lossAndGradient(shard.batch(source.items(b)), pass);
        total = total.plus(loss);
        if (loss.weight() > 0) {
          taken++;
          long count = stepsBefore + taken;
          optimizer.step(parameters, gradient, memory, loss.weight(), source.progress(b), count);
          pass.parametersChanged();
          norms = b == to - 1 ? GradientNorms.of(gradient, loss.weight()) : norms;
        }
      }
    }
    ShardSummary summary =
        new ShardSummary(shard.index(), total, taken, total.steps(), total.steps(), true);
    return ShardResult.checked(summary.withNorms(norms), vector(parameters, memory));
  }

  @Override
  public TrainingState advance(TrainingState state, Slice.Folded folded) {
    float[] folds = folded.values();
    float[] mean = folds.length == layoutSize ? folds : Arrays.copyOf(folds, layoutSize);
    float[] memory =
        settings.averaging().resetMemory()
            ? state.memory()
            : Arrays.copyOfRange(folds, layoutSize, folds.length);
    long taken =
        folded.summaries().stream().mapToLong(ShardSummary::optimizerSteps).max().orElse(0);
    BlockMomentum block = new BlockMomentum(settings.averaging());
    float[] driver = state.driver().clone();
    float[] parameters = block.advance(state, mean, driver);
    return state.nextRound(taken, parameters, memory, driver);
  }

  private int slots() {
    return settings.optimizer().optimizer().slots();
  }

  private float[] vector(float[] parameters, float[] memory) {
    if (vectorLength() == parameters.length) {
      return parameters;
    }
    float[] vector = Arrays.copyOf(parameters, vectorLength());
    System.arraycopy(memory, 0, vector, parameters.length, memory.length);
    return vector;
  }
}
