package io.sparkrnn.objective;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Rows;
import io.sparkrnn.math.Softmax;
import io.sparkrnn.metric.ClassificationMetrics;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.network.NetworkDescription.Output;
import io.sparkrnn.network.SequenceNetwork;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.Arrays;

/**
 * Cross-entropy after a softmax: loss = Σ w·(−log p_target), with ∂loss/∂score = w·(p − [target]).
 * A target is one a sequence (ŷ = g(h_T), or of the mean of states) or one a step (ŷ_t = g(h_t)). w
 * is the sequence's weight times its class's; targets that do not count have neither loss nor
 * weight.
 */
final class Classification implements Objective<SequenceBatch> {

  private final SequenceNetwork network;
  private final Output output;
  private final int classes;
  private final float[] classWeights;

  Classification(ClassificationDescription description) {
    network = description.network().build();
    output = description.network().output();
    classes = description.network().outputs();
    classWeights = new float[classes];
    for (int c = 0; c < classes; c++) {
      classWeights[c] =
          description.classWeights().isEmpty()
              ? 1f
              : description.classWeights().get(c).floatValue();
    }
  }

  @Override
  public ParameterLayout layout() {
    return network.layout();
  }

  @Override
  public LossSum lossAndGradient(SequenceBatch batch, Pass pass) {
    Rows scores = network.forward(batch, pass);
    int[] targets = batch.ids(ObjectiveDescription.TARGET);
    double sum = 0;
    double weight = 0;
    for (int row = 0; row < scores.count(); row++) {
      int start = scores.start(row);
      int target = targets[row];
      float factor = target < 0 ? 0f : classWeights[target] * batch.weight(rank(batch, row));
      if (factor == 0f) {
        Arrays.fill(scores.data(), start, start + classes, 0f);
        continue;
      }
      float score = scores.data()[start + target];
      sum += factor * (Softmax.row(scores.data(), start, classes) - score);
      weight += factor;
      scores.data()[start + target] -= 1f;
      if (factor != 1f) {
        scores.slice(row, 1).scale(factor);
      }
    }
    network.backward(batch, scores, pass);
    return new LossSum(sum, weight, batch.totalRows());
  }

  @Override
  public Metrics evaluate(SequenceBatch batch, Pass pass) {
    Rows scores = network.forward(batch, pass);
    int[] targets = batch.ids(ObjectiveDescription.TARGET);
    ClassificationMetrics metrics = nothing();
    double sum = 0;
    double weight = 0;
    for (int row = 0; row < scores.count(); row++) {
      int target = targets[row];
      if (target == ObjectiveDescription.NOT_COUNTED) {
        continue;
      }
      int start = scores.start(row);
      int best = largest(scores.data(), start, classes);
      if (target == ObjectiveDescription.UNKNOWN_LABEL) {
        metrics.addUnknown(best);
        continue;
      }
      metrics.add(target, best);
      float factor = classWeights[target] * batch.weight(rank(batch, row));
      float score = scores.data()[start + target];
      sum += factor * (Softmax.row(scores.data(), start, classes) - score);
      weight += factor;
    }
    metrics.addLoss(sum, weight);
    return metrics;
  }

  @Override
  public ClassificationMetrics nothing() {
    return new ClassificationMetrics(classes);
  }

  @Override
  public void predict(SequenceBatch batch, Pass pass, Receiver receiver) {
    Rows scores = network.forward(batch, pass);
    for (int row = 0; row < scores.count(); row++) {
      Softmax.row(scores.data(), scores.start(row), classes);
    }
    Deliveries.deliver(batch, scores, output, receiver);
  }

  private int rank(SequenceBatch batch, int row) {
    return output == Output.SEQUENCE ? row : batch.rankOfRow(row);
  }

  /** The first of the largest values; NaN counts as smallest. */
  private static int largest(float[] values, int from, int count) {
    int best = 0;
    for (int j = 1; j < count; j++) {
      if (values[from + j] > values[from + best] || Float.isNaN(values[from + best])) {
        best = j;
      }
    }
    return best;
  }
}
