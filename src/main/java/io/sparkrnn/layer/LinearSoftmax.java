package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.math.Softmax;
import java.util.Arrays;

/**
 * p = softmax(z) with z = h·Wᵀ + b, and the cross-entropy of one class a row: ∂loss/∂z = w·(p −
 * [target]). Rows are taken some at a time, so that z never holds more than {@value #SCORES} values
 * however large the vocabulary. For one call.
 *
 * @param pass for products and buffers
 * @param weights W, C × D
 * @param bias b, 1 × C; 0 × 0 for none
 */
record LinearSoftmax(Pass pass, Rows weights, Rows bias) {

  private static final int SCORES = 1 << 20;

  /**
   * Where gradients are added.
   *
   * @param weights like W
   * @param bias like b
   */
  record Into(Rows weights, Rows bias) {}

  /**
   * Loss and gradients.
   *
   * @param hidden rows × D
   * @param targets one class a row, or {@link SoftmaxLayer#NO_TARGET}
   * @param factors w, one a row
   * @param dHidden rows × D, receives ∂loss/∂hidden
   */
  double lossAndGradient(Rows hidden, int[] targets, float[] factors, Rows dHidden, Into into) {
    double sum = 0;
    for (int first = 0; first < hidden.count(); first += chunk()) {
      int count = Math.min(chunk(), hidden.count() - first);
      Rows rows = hidden.slice(first, count);
      Rows scores = scores(rows);
      for (int row = 0; row < count; row++) {
        sum += loss(scores, row, targets[first + row], factors[first + row]);
      }
      pass.gemm().multiply(true, false, 1f, scores, rows, 1f, into.weights);
      if (bias.count() > 0) {
        into.bias.addColumnSums(scores);
      }
      pass.gemm().multiply(false, false, 1f, scores, weights, 0f, dHidden.slice(first, count));
    }
    return sum;
  }

  /** Turns a row of scores into the gradient; returns the loss. */
  private static double loss(Rows scores, int row, int target, float factor) {
    int start = scores.start(row);
    if (target < 0 || factor == 0f) {
      Arrays.fill(scores.data(), start, start + scores.width(), 0f);
      return 0;
    }
    float score = scores.get(row, target);
    double loss = factor * (Softmax.row(scores.data(), start, scores.width()) - score);
    scores.data()[start + target] -= 1f;
    for (int j = start; j < start + scores.width(); j++) {
      scores.data()[j] *= factor;
    }
    return loss;
  }

  /** Adds log p of one class a row to what is there; nothing where there is no target. */
  void addLogProbabilities(Rows hidden, int[] targets, float[] logProbability) {
    for (int first = 0; first < hidden.count(); first += chunk()) {
      int count = Math.min(chunk(), hidden.count() - first);
      Rows scores = scores(hidden.slice(first, count));
      for (int row = 0; row < count; row++) {
        int target = targets[first + row];
        if (target >= 0) {
          float score = scores.get(row, target);
          double total = Softmax.row(scores.data(), scores.start(row), scores.width());
          logProbability[first + row] += (float) (score - total);
        }
      }
    }
  }

  /** Log p of all classes of a few rows, written to the columns of a table. */
  void distribution(Rows hidden, Rows table) {
    Rows scores = scores(hidden);
    Rows kept = pass.buffer("kept", scores.count(), scores.width());
    kept.copyFrom(scores);
    for (int row = 0; row < scores.count(); row++) {
      float total = (float) Softmax.row(scores.data(), scores.start(row), scores.width());
      for (int j = 0; j < scores.width(); j++) {
        table.set(row, j, kept.get(row, j) - total);
      }
    }
  }

  private int chunk() {
    return Math.max(1, SCORES / weights.count());
  }

  private Rows scores(Rows hidden) {
    Rows scores =
        pass.part("scores", hidden.count(), weights.count(), (long) chunk() * weights.count());
    if (bias.count() > 0) {
      scores.fillRows(bias);
    }
    float beta = bias.count() > 0 ? 1f : 0f;
    pass.gemm().multiply(false, true, 1f, hidden, weights, beta, scores);
    return scores;
  }
}
