package io.sparkrnn.objective;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Rows;
import io.sparkrnn.math.Softmax;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.metric.TranslationMetrics;
import io.sparkrnn.network.Alignments;
import io.sparkrnn.network.EncoderDecoder;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.search.Hypothesis;
import io.sparkrnn.sequence.PairBatch;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.Arrays;
import java.util.List;

/**
 * Cross-entropy of every target token given the source and the tokens before it, the end included,
 * with smoothed labels (Szegedy 2016): with q_c = (1 − ε)[c = target] + ε/C,
 *
 * <pre>
 * loss = −Σ_c q_c log p_c      ∂loss/∂score_c = p_c − q_c
 * </pre>
 *
 * Scores are those of outputs that are searched for, and of the loss without smoothing.
 */
public final class Translation implements Objective<SequenceBatch> {

  private final TranslationDescription description;
  private final EncoderDecoder network;

  Translation(TranslationDescription description) {
    this.description = description;
    this.network = description.translator().build();
  }

  @Override
  public ParameterLayout layout() {
    return network.layout();
  }

  @Override
  public LossSum lossAndGradient(SequenceBatch joint, Pass pass) {
    PairBatch pair = pair(joint);
    double[] sums = new double[2];
    network.learn(pair, scores -> gradient(pair.target(), scores, sums), pass);
    return new LossSum(sums[0], sums[1], joint.totalRows());
  }

  /** Replaces scores by gradients and adds loss and weight to the sums. */
  private void gradient(SequenceBatch target, Rows scores, double[] sums) {
    int[] targets = target.ids(PairBatch.TARGET);
    int classes = scores.width();
    double smoothing = description.labelSmoothing();
    float spread = (float) (smoothing / classes);
    float kept = (float) (1 - smoothing);
    float[] values = scores.data();
    for (int row = 0; row < scores.count(); row++) {
      int start = scores.start(row);
      float weight = target.weight(target.rankOfRow(row));
      double said = values[start + targets[row]];
      double all = 0;
      for (int c = 0; c < classes && spread > 0; c++) {
        all += values[start + c];
      }
      double normaliser = Softmax.row(values, start, classes);
      sums[0] += weight * (normaliser - kept * said - spread * all);
      sums[1] += weight;
      for (int c = 0; c < classes; c++) {
        values[start + c] = weight * (values[start + c] - spread);
      }
      values[start + targets[row]] -= weight * kept;
    }
  }

  @Override
  public Metrics evaluate(SequenceBatch joint, Pass pass) {
    PairBatch pair = pair(joint);
    TranslationMetrics metrics = nothing();
    addLoss(pair, metrics, pass);
    List<List<Hypothesis>> found = search(pair.source(), pass);
    for (int rank = 0; rank < found.size(); rank++) {
      List<Integer> output = found.get(rank).get(0).tokens();
      List<List<Integer>> references =
          pair.referencesOf().get(rank).stream()
              .map(target -> Arrays.stream(pair.reference(target)).boxed().toList())
              .toList();
      metrics.add(output, references);
    }
    return metrics;
  }

  private void addLoss(PairBatch pair, TranslationMetrics metrics, Pass pass) {
    Rows scores = network.forward(pair, pass);
    int[] targets = pair.target().ids(PairBatch.TARGET);
    double sum = 0;
    double weights = 0;
    for (int row = 0; row < scores.count(); row++) {
      int start = scores.start(row);
      float weight = pair.target().weight(pair.target().rankOfRow(row));
      double said = scores.data()[start + targets[row]];
      sum += weight * (Softmax.row(scores.data(), start, scores.width()) - said);
      weights += weight;
    }
    metrics.addLoss(sum, weights);
  }

  @Override
  public TranslationMetrics nothing() {
    return new TranslationMetrics();
  }

  /** Hands out the best hypothesis of each source: a row a token, with its id. */
  @Override
  public void predict(SequenceBatch source, Pass pass, Receiver receiver) {
    List<List<Hypothesis>> found = search(source, pass);
    for (int rank = 0; rank < found.size(); rank++) {
      List<Integer> tokens = found.get(rank).get(0).tokens();
      Rows rows = Rows.zeros(tokens.size(), 1);
      for (int t = 0; t < tokens.size(); t++) {
        rows.set(t, 0, tokens.get(t));
      }
      receiver.accept(source.packing().sequenceAt(rank), rows);
    }
  }

  /** The hypotheses of each rank of a batch of sources, the best first. */
  public List<List<Hypothesis>> search(SequenceBatch source, Pass pass) {
    EncoderDecoder.Encoded encoded = network.encode(source, pass);
    int[] limits = new int[source.sequences()];
    for (int rank = 0; rank < limits.length; rank++) {
      limits[rank] = description.search().limit(source.packing().length(rank));
    }
    int boundary = description.translator().boundary();
    DecoderSteps steps = new DecoderSteps(network, encoded, boundary, pass);
    return description.search().search().search(steps, limits);
  }

  /** How the decoder looks at each source while it says its targets; nothing without attention. */
  public List<float[][]> alignments(PairBatch pair, Pass pass) {
    return new Alignments(network).of(pair, pass);
  }

  /** The pairs of a batch of joint sequences. */
  public PairBatch pair(SequenceBatch joint) {
    return PairBatch.of(joint, description.columns(), description.translator().boundary());
  }
}
