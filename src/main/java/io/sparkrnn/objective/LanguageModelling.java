package io.sparkrnn.objective;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.layer.SoftmaxLayer;
import io.sparkrnn.math.Rows;
import io.sparkrnn.metric.LanguageMetrics;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.network.LanguageNetwork;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.SequenceBatch;

/**
 * Cross-entropy of the next token, loss = Σ w·(−log p(w_{t+1} | w_1 … w_t)), by truncated
 * backpropagation through time: batches are segments of streams ({@link
 * io.sparkrnn.sequence.Streams}); states go on from one segment of a stream to the next, gradients
 * do not (Williams and Peng 1990). Carries the states between two batches, so batches must come in
 * order.
 */
final class LanguageModelling implements Objective<SequenceBatch> {

  private final LanguageNetwork network;
  private final int context;
  private final CarriedStates states;

  LanguageModelling(LanguageModellingDescription description) {
    network = description.language().build();
    context = description.context();
    states = new CarriedStates(network.stateSize());
  }

  @Override
  public ParameterLayout layout() {
    return network.layout();
  }

  @Override
  public int context() {
    return context;
  }

  @Override
  public void read(SequenceBatch batch, Pass pass) {
    hidden(batch, pass);
  }

  @Override
  public LossSum lossAndGradient(SequenceBatch batch, Pass pass) {
    Rows hidden = hidden(batch, pass);
    int[] targets = batch.ids(ObjectiveDescription.TARGET);
    float[] weights = new float[targets.length];
    double weight = 0;
    for (int row = 0; row < targets.length; row++) {
      weights[row] = batch.weight(batch.rankOfRow(row));
      weight += targets[row] < 0 ? 0 : weights[row];
    }
    Rows dHidden = pass.buffer("dHidden", hidden.count(), hidden.width());
    double sum = network.softmax().lossAndGradient(hidden, targets, weights, dHidden, pass);
    network.backward(batch, dHidden, pass);
    return new LossSum(sum, weight, batch.totalRows());
  }

  @Override
  public LanguageMetrics evaluate(SequenceBatch batch, Pass pass) {
    int[] targets = batch.ids(ObjectiveDescription.TARGET);
    int[] characters = batch.ids(LanguageModellingDescription.CHARACTERS);
    float[] logProbability = logProbabilities(batch, pass);
    LanguageMetrics metrics = nothing();
    for (int row = 0; row < targets.length; row++) {
      if (targets[row] != SoftmaxLayer.NO_TARGET) {
        boolean unknown = targets[row] == 0;
        metrics.add(-logProbability[row], characters[row], unknown);
      }
    }
    return metrics;
  }

  @Override
  public LanguageMetrics nothing() {
    return new LanguageMetrics();
  }

  /** Gives log p of every target, one a step. */
  @Override
  public void predict(SequenceBatch batch, Pass pass, Receiver receiver) {
    float[] logProbability = logProbabilities(batch, pass);
    Deliveries.deliver(
        batch,
        Rows.of(logProbability, logProbability.length, 1),
        NetworkDescription.Output.STEP,
        receiver);
  }

  private float[] logProbabilities(SequenceBatch batch, Pass pass) {
    Rows hidden = hidden(batch, pass);
    int[] targets = batch.ids(ObjectiveDescription.TARGET);
    float[] logProbability = new float[targets.length];
    network.softmax().logProbabilities(hidden, targets, logProbability, pass);
    return logProbability;
  }

  private Rows hidden(SequenceBatch batch, Pass pass) {
    Rows last = pass.buffer("last", batch.sequences(), network.stateSize());
    Rows hidden = network.forward(batch, states.initial(batch, pass), last, pass);
    states.keep(batch, last);
    return hidden;
  }
}
