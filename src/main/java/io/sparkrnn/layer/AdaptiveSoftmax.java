package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.Initializer;
import io.sparkrnn.parameter.ParameterLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The adaptive softmax (Grave et al. 2017), with the conventions of PyTorch: ids below the first
 * cutoff stand in the head, beside one entry for each cluster; cluster i holds the ids from cutoff
 * i to the next and sees the state through a projection of D / 4^(i+1) values.
 *
 * <pre>
 * log p(w) = log softmax(W h)_w                                      in the head
 * log p(w) = log softmax(W h)_cluster + log softmax(W_i P_i h)_w     in cluster i
 * </pre>
 *
 * Parameters: {@code head.W}, and of every cluster {@code tail.<i>.P} and {@code tail.<i>.W}; none
 * has a bias. A step costs the head, and the one cluster that its target is in.
 *
 * @param cutoffs rising, the last one V
 * @param inputSize D
 */
public record AdaptiveSoftmax(List<Integer> cutoffs, int inputSize) implements SoftmaxLayer {

  private static final int DIVISOR = 4;
  private static final Rows NO_BIAS = Rows.zeros(0, 0);

  /** Keeps a copy of the list. */
  public AdaptiveSoftmax {
    cutoffs = List.copyOf(cutoffs);
    for (int i = 0; i < cutoffs.size(); i++) {
      if (cutoffs.get(i) <= (i == 0 ? 0 : cutoffs.get(i - 1))) {
        throw new IllegalArgumentException("cutoffs: expected rising numbers, found " + cutoffs);
      }
    }
  }

  @Override
  public int vocabulary() {
    return cutoffs.get(cutoffs.size() - 1);
  }

  @Override
  public void declare(ParameterLayout.Builder network, int width) {
    network.child("head").matrix("W", headSize(), width, Initializer.glorot(width));
    for (int i = 0; i < clusters(); i++) {
      ParameterLayout.Builder tail = network.child("tail").child(Integer.toString(i));
      int size = projection(i);
      tail.matrix("P", size, width, Initializer.glorot(size));
      tail.matrix("W", clusterSize(i), size, Initializer.glorot(size));
    }
  }

  @Override
  public double lossAndGradient(
      Rows hidden, int[] targets, float[] weights, Rows dHidden, Pass network) {
    Pass head = network.child("head");
    LinearSoftmax.Into into = new LinearSoftmax.Into(head.gradient("W"), NO_BIAS);
    double sum =
        head(network).lossAndGradient(hidden, headTargets(targets), weights, dHidden, into);
    for (int i = 0; i < clusters(); i++) {
      Members members = members(i, targets);
      if (members.rows.length > 0) {
        sum += tailLossAndGradient(i, members, hidden, weights, dHidden, network);
      }
    }
    return sum;
  }

  private double tailLossAndGradient(
      int i, Members members, Rows hidden, float[] weights, Rows dHidden, Pass network) {
    Pass tail = tail(i, network);
    Rows own = members.gather(hidden, tail);
    Rows projected = projected(own, tail);
    Rows dProjected = tail.buffer("dProjected", projected.count(), projected.width());
    float[] ownWeights = new float[members.rows.length];
    for (int k = 0; k < ownWeights.length; k++) {
      ownWeights[k] = weights[members.rows[k]];
    }
    LinearSoftmax.Into into = new LinearSoftmax.Into(tail.gradient("W"), NO_BIAS);
    double sum =
        new LinearSoftmax(tail, tail.parameter("W"), NO_BIAS)
            .lossAndGradient(projected, members.targets, ownWeights, dProjected, into);
    tail.gemm().multiply(true, false, 1f, dProjected, own, 1f, tail.gradient("P"));
    Rows dOwn = tail.buffer("dOwn", own.count(), own.width());
    tail.gemm().multiply(false, false, 1f, dProjected, tail.parameter("P"), 0f, dOwn);
    for (int k = 0; k < members.rows.length; k++) {
      dHidden.slice(members.rows[k], 1).add(dOwn.slice(k, 1));
    }
    return sum;
  }

  @Override
  public void logProbabilities(Rows hidden, int[] targets, float[] logProbability, Pass network) {
    head(network).addLogProbabilities(hidden, headTargets(targets), logProbability);
    for (int i = 0; i < clusters(); i++) {
      Members members = members(i, targets);
      if (members.rows.length == 0) {
        continue;
      }
      Pass tail = tail(i, network);
      float[] own = new float[members.rows.length];
      new LinearSoftmax(tail, tail.parameter("W"), NO_BIAS)
          .addLogProbabilities(projected(members.gather(hidden, tail), tail), members.targets, own);
      for (int k = 0; k < own.length; k++) {
        logProbability[members.rows[k]] += own[k];
      }
    }
  }

  @Override
  public Rows distribution(Rows hidden, Pass network) {
    Rows all = network.child("head").buffer("distribution", hidden.count(), vocabulary());
    Rows head = network.child("head").buffer("headDistribution", hidden.count(), headSize());
    head(network).distribution(hidden, head);
    all.columns(0, cutoffs.get(0)).copyFrom(head.columns(0, cutoffs.get(0)));
    for (int i = 0; i < clusters(); i++) {
      Pass tail = tail(i, network);
      Rows own = all.columns(cutoffs.get(i), clusterSize(i));
      new LinearSoftmax(tail, tail.parameter("W"), NO_BIAS)
          .distribution(projected(hidden, tail), own);
      for (int row = 0; row < own.count(); row++) {
        float cluster = head.get(row, cutoffs.get(0) + i);
        for (int j = 0; j < own.width(); j++) {
          own.set(row, j, own.get(row, j) + cluster);
        }
      }
    }
    return all;
  }

  private int clusters() {
    return cutoffs.size() - 1;
  }

  private int headSize() {
    return cutoffs.get(0) + clusters();
  }

  private int clusterSize(int i) {
    return cutoffs.get(i + 1) - cutoffs.get(i);
  }

  /** D / 4^(i+1), at least 1. */
  private int projection(int i) {
    return (int) Math.max(1, inputSize / (long) Math.pow(DIVISOR, i + 1.0));
  }

  private static LinearSoftmax head(Pass network) {
    Pass head = network.child("head");
    return new LinearSoftmax(head, head.parameter("W"), NO_BIAS);
  }

  private static Pass tail(int i, Pass network) {
    return network.child("tail").child(Integer.toString(i));
  }

  private static Rows projected(Rows rows, Pass tail) {
    Rows weights = tail.parameter("P");
    Rows projected = tail.buffer("projected", rows.count(), weights.count());
    tail.gemm().multiply(false, true, 1f, rows, weights, 0f, projected);
    return projected;
  }

  /** The entry of the head for each target: itself, or that of its cluster. */
  private int[] headTargets(int[] targets) {
    int[] entries = targets.clone();
    for (int row = 0; row < entries.length; row++) {
      for (int i = clusters() - 1; i >= 0; i--) {
        if (targets[row] >= cutoffs.get(i)) {
          entries[row] = cutoffs.get(0) + i;
          break;
        }
      }
    }
    return entries;
  }

  private Members members(int i, int[] targets) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < targets.length; row++) {
      if (targets[row] >= cutoffs.get(i) && targets[row] < cutoffs.get(i + 1)) {
        rows.add(row);
      }
    }
    int[] indices = rows.stream().mapToInt(Integer::intValue).toArray();
    int first = cutoffs.get(i);
    return new Members(indices, Arrays.stream(indices).map(row -> targets[row] - first).toArray());
  }

  /** The rows whose target is in a cluster, and which one of the cluster it is. */
  @SuppressWarnings("ArrayRecordComponent") // read within one call
  private record Members(int[] rows, int[] targets) {
    Rows gather(Rows hidden, Pass tail) {
      Rows own = tail.buffer("own", rows.length, hidden.width());
      for (int k = 0; k < rows.length; k++) {
        own.slice(k, 1).copyFrom(hidden.slice(rows[k], 1));
      }
      return own;
    }
  }
}
