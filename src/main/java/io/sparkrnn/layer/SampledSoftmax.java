package io.sparkrnn.layer;

import io.sparkrnn.math.RandomStream;
import io.sparkrnn.math.Rows;
import io.sparkrnn.math.Softmax;
import io.sparkrnn.parameter.ParameterLayout;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The sampled softmax (Bengio and Senécal 2008; Jean et al. 2015): in training each target competes
 * with S tokens drawn for the whole batch instead of all V,
 *
 * <pre>
 * loss = −log softmax(z − log Q)_target over {target} ∪ sample,   z = h·Wᵀ + b,
 * </pre>
 *
 * with Q the expected number of times that a token is in the sample. Tokens are drawn without
 * replacement from p(id) = log((id + 2) / (id + 1)) / log(V + 1), which is Zipf's law for ids in
 * the order of frequency; after n draws Q = 1 − (1 − p)ⁿ. A sampled token is left out for the rows
 * whose target it is. Scores and generation use the full softmax. Only the rows of W that took part
 * have a gradient, so W and b are lookup tables.
 *
 * @param table W and b
 * @param samples S, below V
 */
public record SampledSoftmax(OutputTable table, int samples) implements SoftmaxLayer {

  private static final int SCORES = 1 << 20;

  /** Checks the number of samples. */
  public SampledSoftmax {
    if (samples < 1 || samples >= table.vocabulary()) {
      throw new IllegalArgumentException(
          "sampled softmax: expected 1 to %d samples of a vocabulary of %d, found %d"
              .formatted(table.vocabulary() - 1, table.vocabulary(), samples));
    }
  }

  @Override
  public int vocabulary() {
    return table.vocabulary();
  }

  @Override
  public void declare(ParameterLayout.Builder network, int inputSize) {
    table.declare(network, inputSize);
  }

  @Override
  public double lossAndGradient(
      Rows hidden, int[] targets, float[] weights, Rows dHidden, Pass network) {
    Pass pass = table.head(network);
    Draw draw = draw(pass.random(), table.bias(network));
    Rows chosen = gather(draw.ids, network, pass);
    Rows dChosen = pass.zeros("dChosen", samples, hidden.width());
    float[] dBias = new float[samples];
    double sum = 0;
    int chunk = Math.max(1, SCORES / samples);
    for (int first = 0; first < hidden.count(); first += chunk) {
      int count = Math.min(chunk, hidden.count() - first);
      Rows rows = hidden.slice(first, count);
      Rows dRows = dHidden.slice(first, count);
      Rows scores = pass.part("scores", count, samples + 1, chunk * (samples + 1L));
      Rows sampled = scores.columns(1, samples);
      pass.gemm().multiply(false, true, 1f, rows, chosen, 0f, sampled);
      for (int row = 0; row < count; row++) {
        int target = targets[first + row];
        sum += loss(scores, row, target, weights[first + row], rows, draw, network);
      }
      pass.gemm().multiply(true, false, 1f, sampled, rows, 1f, dChosen);
      pass.gemm().multiply(false, false, 1f, sampled, chosen, 0f, dRows);
      for (int row = 0; row < count; row++) {
        addTarget(targets[first + row], scores.get(row, 0), rows, dRows, row, network);
        for (int k = 0; k < samples; k++) {
          dBias[k] += sampled.get(row, k);
        }
      }
    }
    for (int k = 0; k < samples; k++) {
      table.addToRow(draw.ids[k], dChosen.data(), dChosen.start(k), 1f, network);
      table.addToBias(draw.ids[k], dBias[k], network);
    }
    return sum;
  }

  /** Completes a row of scores, whose first one is the target's, and turns it into the gradient. */
  private double loss(
      Rows scores, int row, int target, float weight, Rows hidden, Draw draw, Pass network) {
    int start = scores.start(row);
    float[] data = scores.data();
    if (target < 0 || weight == 0f) {
      Arrays.fill(data, start, start + samples + 1, 0f);
      return 0;
    }
    data[start] =
        dot(hidden, row, table.weights(network), target)
            + table.bias(network).get(0, target)
            - logExpected(target, draw.tries);
    for (int k = 0; k < samples; k++) {
      data[start + 1 + k] =
          draw.ids[k] == target ? Float.NEGATIVE_INFINITY : data[start + 1 + k] + draw.offsets[k];
    }
    float score = data[start];
    double loss = weight * (Softmax.row(data, start, samples + 1) - score);
    data[start] -= 1f;
    for (int j = start; j <= start + samples; j++) {
      data[j] *= weight;
    }
    return loss;
  }

  private void addTarget(int target, float dScore, Rows rows, Rows dRows, int row, Pass network) {
    if (target < 0) {
      return;
    }
    Rows weights = table.weights(network);
    int to = dRows.start(row);
    int from = weights.start(target);
    for (int j = 0; j < weights.width(); j++) {
      dRows.data()[to + j] += dScore * weights.data()[from + j];
    }
    table.addToRow(target, rows.data(), rows.start(row), dScore, network);
    table.addToBias(target, dScore, network);
  }

  @Override
  public void logProbabilities(Rows hidden, int[] targets, float[] logProbability, Pass network) {
    new FullSoftmax(table).logProbabilities(hidden, targets, logProbability, network);
  }

  @Override
  public Rows distribution(Rows hidden, Pass network) {
    return new FullSoftmax(table).distribution(hidden, network);
  }

  private Rows gather(int[] ids, Pass network, Pass pass) {
    Rows weights = table.weights(network);
    Rows chosen = pass.buffer("chosen", ids.length, weights.width());
    for (int k = 0; k < ids.length; k++) {
      chosen.slice(k, 1).copyFrom(weights.slice(ids[k], 1));
    }
    return chosen;
  }

  private Draw draw(RandomStream random, Rows bias) {
    BitSet drawn = new BitSet(vocabulary());
    int[] ids = new int[samples];
    long tries = 0;
    int count = 0;
    double range = StrictMath.log(vocabulary() + 1.0);
    while (count < samples) {
      tries++;
      int id = (int) (StrictMath.exp(random.nextDouble() * range) - 1);
      id = Math.min(id, vocabulary() - 1);
      if (!drawn.get(id)) {
        drawn.set(id);
        ids[count++] = id;
      }
    }
    float[] offsets = new float[samples];
    for (int k = 0; k < samples; k++) {
      offsets[k] = bias.get(0, ids[k]) - logExpected(ids[k], tries);
    }
    return new Draw(ids, offsets, tries);
  }

  /** Log Q. */
  private float logExpected(int id, long tries) {
    double p = StrictMath.log((id + 2.0) / (id + 1.0)) / StrictMath.log(vocabulary() + 1.0);
    return (float) StrictMath.log(-StrictMath.expm1(tries * StrictMath.log1p(-p)));
  }

  private static float dot(Rows a, int rowOfA, Rows b, int rowOfB) {
    int i = a.start(rowOfA);
    int j = b.start(rowOfB);
    float sum = 0;
    for (int k = 0; k < a.width(); k++) {
      sum += a.data()[i + k] * b.data()[j + k];
    }
    return sum;
  }

  /**
   * A sample.
   *
   * @param ids different ones
   * @param offsets b − log Q of each
   * @param tries n: draws it took, repeated ones included
   */
  @SuppressWarnings("ArrayRecordComponent") // read within one call
  private record Draw(int[] ids, float[] offsets, long tries) {}
}
