package io.sparkrnn.layer;

import io.sparkrnn.math.Activation;
import io.sparkrnn.math.Rows;
import io.sparkrnn.math.Softmax;
import io.sparkrnn.parameter.ParameterLayout;

/**
 * Attention over ragged sequences (Bahdanau 2015; Luong 2015): with h the state of the decoder and
 * m_j the rows of its own sequence,
 *
 * <pre>
 * a_j = softmax_j(e(h, m_j))     c = Σ_j a_j m_j     h̃ = tanh(W_c [c; h])
 * </pre>
 *
 * <p>Queries are gathered by their sequences, so that each sequence is a few products whatever the
 * number of its queries. Parameters: those of the score, and {@code combine.W} of W_c {@code D × (M
 * + D)} with M the width of the memory.
 *
 * @param score e
 * @param memorySize M
 */
public record SoftAttention(AttentionScore score, int memorySize) implements Attention {

  private static final String COMBINE = "combine";

  @Override
  public int outputSize(int stateSize) {
    return stateSize;
  }

  @Override
  public void declare(ParameterLayout.Builder layout, int stateSize, int memoryWidth) {
    score.declare(layout, stateSize, memoryWidth);
    combine(stateSize).declare(layout.child(COMBINE), memoryWidth + stateSize);
  }

  @Override
  public void remember(Memory memory, Pass pass) {
    memory.putKeys(score.keys(memory.rows(), pass), pass);
  }

  @Override
  public Rows forward(Memory memory, Rows states, int[] owners, Pass pass) {
    QueryGroups groups = QueryGroups.of(owners, memory.sequences());
    Rows grouped = pass.buffer("grouped", states.count(), states.width());
    groups.gather(states, grouped);
    Rows queries = score.queries(grouped, pass);
    pass.save("queries", queries);
    Rows weights = pass.buffer("weights", 1, groups.pairs(memory));
    Rows contexts = pass.buffer("contexts", states.count(), memorySize);
    int at = 0;
    for (int s = 0; s < groups.count(); s++) {
      int own = groups.size(s);
      if (own == 0) {
        continue;
      }
      Rows block = block(weights, at, own, memory.length(s));
      score.scores(groups.of(queries, s), memory.keysOf(s), block, pass);
      for (int i = 0; i < own; i++) {
        Softmax.row(block.data(), block.start(i), block.width());
      }
      Rows context = groups.of(contexts, s);
      pass.gemm().multiply(false, false, 1f, block, memory.rowsOf(s), 0f, context);
      at += own * memory.length(s);
    }
    Rows input = pass.buffer("input", states.count(), memorySize + states.width());
    groups.scatter(contexts, input.columns(0, memorySize));
    input.columns(memorySize, states.width()).copyFrom(states);
    pass.saveIndices("order", groups.order());
    pass.saveIndices("starts", groups.starts());
    return combine(states.width()).forward(input, pass.child(COMBINE));
  }

  @Override
  public Rows backward(Memory memory, Rows dOutput, Pass pass) {
    QueryGroups groups = new QueryGroups(pass.savedIndices("order"), pass.savedIndices("starts"));
    int width = dOutput.width();
    Rows dInput = combine(width).backward(dOutput, pass.child(COMBINE));
    Rows dContexts = pass.buffer("dContexts", dInput.count(), memorySize);
    groups.gather(dInput.columns(0, memorySize), dContexts);
    Rows weights = pass.saved("weights");
    Rows queries = pass.saved("queries");
    Rows dWeights = pass.buffer("dWeights", 1, weights.width());
    Rows dQueries = pass.buffer("dQueries", queries.count(), queries.width());
    int at = 0;
    for (int s = 0; s < groups.count(); s++) {
      int own = groups.size(s);
      if (own == 0) {
        continue;
      }
      Rows block = block(weights, at, own, memory.length(s));
      Rows dBlock = block(dWeights, at, own, memory.length(s));
      Rows dContext = groups.of(dContexts, s);
      pass.gemm().multiply(false, true, 1f, dContext, memory.rowsOf(s), 0f, dBlock);
      pass.gemm().multiply(true, false, 1f, block, dContext, 1f, memory.dRowsOf(s));
      softmaxBack(block, dBlock);
      score.scoresBack(
          groups.of(queries, s),
          memory.keysOf(s),
          dBlock,
          groups.of(dQueries, s),
          memory.dKeysOf(s),
          pass);
      at += own * memory.length(s);
    }
    Rows dGrouped = score.queriesBack(pass.saved("grouped"), dQueries, pass);
    Rows dStates = pass.buffer("dStates", dInput.count(), width);
    groups.scatter(dGrouped, dStates);
    dStates.add(dInput.columns(memorySize, width));
    return dStates;
  }

  @Override
  public void rememberBack(Memory memory, Pass pass) {
    score.keysBack(memory.rows(), memory.dKeys(), memory.dRows(), pass);
  }

  /** The weights a of one row of the last forward, for each row of its sequence. */
  public static float[] weightsOf(Memory memory, int row, Pass pass) {
    QueryGroups groups = new QueryGroups(pass.savedIndices("order"), pass.savedIndices("starts"));
    int at = 0;
    for (int s = 0; s < groups.count(); s++) {
      for (int i = 0; i < groups.size(s); i++) {
        if (groups.order()[groups.starts()[s] + i] == row) {
          Rows block = block(pass.saved("weights"), at, groups.size(s), memory.length(s));
          return block.slice(i, 1).toArray();
        }
      }
      at += groups.size(s) * memory.length(s);
    }
    throw new IllegalArgumentException("no query in row " + row);
  }

  private static Dense combine(int size) {
    return new Dense(size, Activation.TANH, false);
  }

  private static Rows block(Rows pairs, int at, int queries, int rows) {
    return new Rows(pairs.data(), pairs.offset() + at, queries, rows, rows);
  }

  /** ∂e_j = a_j·(∂a_j − Σ_k a_k ∂a_k), in place. */
  private static void softmaxBack(Rows weights, Rows dWeights) {
    for (int i = 0; i < weights.count(); i++) {
      float mean = 0f;
      for (int j = 0; j < weights.width(); j++) {
        mean += weights.get(i, j) * dWeights.get(i, j);
      }
      for (int j = 0; j < weights.width(); j++) {
        dWeights.set(i, j, weights.get(i, j) * (dWeights.get(i, j) - mean));
      }
    }
  }
}
