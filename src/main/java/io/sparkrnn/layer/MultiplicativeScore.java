package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.Initializer;
import io.sparkrnn.parameter.ParameterLayout;

/** e = qᵀ W m (Luong, Pham and Manning 2015, "general"), with W {@code query × memory size}. */
public record MultiplicativeScore() implements AttentionScore {

  @Override
  public void declare(ParameterLayout.Builder layout, int querySize, int memorySize) {
    layout.matrix("W", querySize, memorySize, Initializer.glorot(querySize));
  }

  @Override
  public Rows keys(Rows memory, Pass pass) {
    Rows weights = pass.parameter("W");
    Rows keys = pass.buffer("keys", memory.count(), weights.count());
    pass.gemm().multiply(false, true, 1f, memory, weights, 0f, keys);
    return keys;
  }

  @Override
  public void keysBack(Rows memory, Rows dKeys, Rows dMemory, Pass pass) {
    pass.gemm().multiply(true, false, 1f, dKeys, memory, 1f, pass.gradient("W"));
    pass.gemm().multiply(false, false, 1f, dKeys, pass.parameter("W"), 1f, dMemory);
  }

  @Override
  public Rows queries(Rows states, Pass pass) {
    return states;
  }

  @Override
  public Rows queriesBack(Rows states, Rows dQueries, Pass pass) {
    return dQueries;
  }

  @Override
  public void scores(Rows queries, Rows keys, Rows scores, Pass pass) {
    pass.gemm().multiply(false, true, 1f, queries, keys, 0f, scores);
  }

  @Override
  public void scoresBack(
      Rows queries, Rows keys, Rows dScores, Rows dQueries, Rows dKeys, Pass pass) {
    pass.gemm().multiply(false, false, 1f, dScores, keys, 0f, dQueries);
    pass.gemm().multiply(true, false, 1f, dScores, queries, 1f, dKeys);
  }
}
