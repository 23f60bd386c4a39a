package io.sparkrnn.layer;

import io.sparkrnn.math.Activation;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.Initializer;
import io.sparkrnn.parameter.ParameterLayout;
import java.util.Arrays;

/**
 * e = vᵀ tanh(W_q q + W_m m) (Bahdanau, Cho and Bengio 2015), with Wq {@code K × query size}, Wm
 * {@code K × memory size} and v of K values. The tanh of a pair is computed again on the way back:
 * to keep those of a whole batch would take n·s·K values a sequence.
 *
 * @param size K
 */
public record AdditiveScore(int size) implements AttentionScore {

  @Override
  public void declare(ParameterLayout.Builder layout, int querySize, int memorySize) {
    layout.matrix("Wq", size, querySize, Initializer.glorot(size));
    layout.matrix("Wm", size, memorySize, Initializer.glorot(size));
    layout.vector("v", size, Initializer.glorot(1));
  }

  @Override
  public Rows keys(Rows memory, Pass pass) {
    Rows keys = pass.buffer("keys", memory.count(), size);
    pass.gemm().multiply(false, true, 1f, memory, pass.parameter("Wm"), 0f, keys);
    return keys;
  }

  @Override
  public void keysBack(Rows memory, Rows dKeys, Rows dMemory, Pass pass) {
    pass.gemm().multiply(true, false, 1f, dKeys, memory, 1f, pass.gradient("Wm"));
    pass.gemm().multiply(false, false, 1f, dKeys, pass.parameter("Wm"), 1f, dMemory);
  }

  @Override
  public Rows queries(Rows states, Pass pass) {
    Rows queries = pass.buffer("mapped", states.count(), size);
    pass.gemm().multiply(false, true, 1f, states, pass.parameter("Wq"), 0f, queries);
    return queries;
  }

  @Override
  public Rows queriesBack(Rows states, Rows dQueries, Pass pass) {
    pass.gemm().multiply(true, false, 1f, dQueries, states, 1f, pass.gradient("Wq"));
    Rows dStates = pass.buffer("dMapped", states.count(), states.width());
    pass.gemm().multiply(false, false, 1f, dQueries, pass.parameter("Wq"), 0f, dStates);
    return dStates;
  }

  @Override
  public void scores(Rows queries, Rows keys, Rows scores, Pass pass) {
    Rows pairs = pairs(queries, keys, pass);
    Rows column = new Rows(scores.data(), scores.offset(), pairs.count(), 1, 1);
    pass.gemm().multiply(false, true, 1f, pairs, pass.parameter("v"), 0f, column);
  }

  @Override
  public void scoresBack(
      Rows queries, Rows keys, Rows dScores, Rows dQueries, Rows dKeys, Pass pass) {
    Rows pairs = pairs(queries, keys, pass);
    Rows column = new Rows(dScores.data(), dScores.offset(), pairs.count(), 1, 1);
    pass.gemm().multiply(true, false, 1f, column, pairs, 1f, pass.gradient("v"));
    float[] v = pass.parameter("v").toArray();
    float[] tanh = new float[size];
    float[] dQuery = new float[size];
    float[] dKey = new float[size];
    for (int i = 0; i < queries.count(); i++) {
      Arrays.fill(dQuery, 0f);
      for (int j = 0; j < keys.count(); j++) {
        pairs.slice(i * keys.count() + j, 1).copyTo(tanh);
        Rows keyGradient = dKeys.slice(j, 1);
        keyGradient.copyTo(dKey);
        pairBack(dScores.get(i, j), v, tanh, dQuery, dKey);
        keyGradient.copyFrom(dKey);
      }
      dQueries.slice(i, 1).copyFrom(dQuery);
    }
  }

  /** tanh(query + key) of every pair: row i·s + j is that of query i and key j. */
  private Rows pairs(Rows queries, Rows keys, Pass pass) {
    Rows pairs = pass.buffer("pairs", queries.count() * keys.count(), size);
    float[] query = new float[size];
    float[] sum = new float[size];
    for (int i = 0; i < queries.count(); i++) {
      queries.slice(i, 1).copyTo(query);
      for (int j = 0; j < keys.count(); j++) {
        keys.slice(j, 1).copyTo(sum);
        add(query, sum);
        pairs.slice(i * keys.count() + j, 1).copyFrom(sum);
      }
    }
    Activation.TANH.forward(pairs);
    return pairs;
  }

  /** One index into separate arrays: the JIT compiler makes vector instructions of it. */
  private static void add(float[] values, float[] sum) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += values[k];
    }
  }

  private static void pairBack(
      float dScore, float[] v, float[] tanh, float[] dQuery, float[] dKey) {
    for (int k = 0; k < v.length; k++) {
      float d = dScore * v[k] * (1f - tanh[k] * tanh[k]);
      dQuery[k] += d;
      dKey[k] += d;
    }
  }
}
