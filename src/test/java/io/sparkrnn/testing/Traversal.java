package io.sparkrnn.testing;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.objective.Objective;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.Map;
import java.util.TreeMap;

/** An objective with parameters of its own and all that a traversal needs. */
public final class Traversal {
  private final Objective<SequenceBatch> objective;
  private final Parameters parameters;
  private final Gradient gradient;
  private final Pass pass;

  /** Draws the parameters of a seed. */
  public Traversal(ObjectiveDescription description, String backend, long seed) {
    this(description, backend, description.build().layout().initialize(RandomKey.ofSeed(seed)));
  }

  /** Takes the parameters, which {@link #parameters} shares. */
  public Traversal(ObjectiveDescription description, String backend, float[] values) {
    objective = description.build();
    parameters = new Parameters(objective.layout(), values);
    gradient = new Gradient(objective.layout());
    pass = new Pass(parameters, gradient, Backend.gemm(backend));
  }

  /** The parameters; {@link #lossAndGradient} and {@link #predictions} see what is written. */
  public Parameters parameters() {
    return parameters;
  }

  /** The gradient of the last batch. */
  public Gradient gradient() {
    return gradient;
  }

  /** Loss of a batch, whose gradient replaces that of the last one. Dropout draws from the key. */
  public LossSum lossAndGradient(SequenceBatch batch, RandomKey key) {
    gradient.clear();
    pass.begin(Pass.Mode.TRAINING, key);
    pass.parametersChanged();
    return objective.lossAndGradient(batch, pass);
  }

  /** The same without randomness. */
  public LossSum lossAndGradient(SequenceBatch batch) {
    return lossAndGradient(batch, RandomKey.ofSeed(0));
  }

  /** What is predicted for each sequence, by its position among those gathered. */
  public Map<Integer, float[]> predictions(SequenceBatch batch) {
    pass.begin(Pass.Mode.INFERENCE, RandomKey.ofSeed(0));
    pass.parametersChanged();
    Map<Integer, float[]> predictions = new TreeMap<>();
    objective.predict(
        batch, pass, (position, outputs) -> predictions.put(position, outputs.toArray()));
    return predictions;
  }

  /** Scores of a batch. */
  public Map<String, Double> scores(SequenceBatch batch) {
    pass.begin(Pass.Mode.INFERENCE, RandomKey.ofSeed(0));
    pass.parametersChanged();
    return objective.evaluate(batch, pass).values();
  }

  /** The pass, for those who run parts of the network themselves. */
  public Pass pass() {
    return pass;
  }
}
