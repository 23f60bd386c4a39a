package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts the input columns of a batch side by side: columns of values as they are, then columns of
 * ids through their embeddings, each group in its order. Embeddings are named after their columns.
 */
public final class Inputs {

  private final Map<String, Integer> values;
  private final Map<String, Embedding> embeddings;
  private final int size;

  /**
   * Takes the columns in their order.
   *
   * @param values column of values → its width
   * @param embeddings column of ids → its embedding
   */
  public Inputs(Map<String, Integer> values, Map<String, Embedding> embeddings) {
    this.values = new LinkedHashMap<>(values);
    this.embeddings = new LinkedHashMap<>(embeddings);
    this.size =
        values.values().stream().mapToInt(Integer::intValue).sum()
            + embeddings.values().stream().mapToInt(Embedding::width).sum();
    if (size < 1) {
      throw new IllegalArgumentException("a network needs at least one input column");
    }
  }

  /** M: width of all columns together. */
  public int size() {
    return size;
  }

  /** Whether there is a table to learn: without one nobody wants the gradient of the input. */
  public boolean learns() {
    return !embeddings.isEmpty();
  }

  /** Declares the embeddings. */
  public void declare(ParameterLayout.Builder layout) {
    embeddings.forEach((column, embedding) -> embedding.declare(layout.child(column)));
  }

  /**
   * Forward.
   *
   * @param used receives the ids looked up in each column, for {@link #backward}
   * @return packed rows × M
   */
  public Rows forward(SequenceBatch batch, Pass pass, Map<String, int[]> used) {
    if (embeddings.isEmpty() && values.size() == 1) {
      return batch.values(values.keySet().iterator().next());
    }
    Rows output = pass.buffer("input", batch.totalRows(), size);
    int column = 0;
    for (Map.Entry<String, Integer> entry : values.entrySet()) {
      output.columns(column, entry.getValue()).copyFrom(batch.values(entry.getKey()));
      column += entry.getValue();
    }
    for (Map.Entry<String, Embedding> entry : embeddings.entrySet()) {
      Embedding embedding = entry.getValue();
      int[] ids = batch.ids(entry.getKey());
      Rows columns = output.columns(column, embedding.width());
      used.put(entry.getKey(), embedding.forward(ids, columns, pass.child(entry.getKey())));
      column += embedding.width();
    }
    return output;
  }

  /** Adds the gradient of every embedding. */
  public void backward(Rows dInput, Map<String, int[]> used, Pass pass) {
    int column = values.values().stream().mapToInt(Integer::intValue).sum();
    for (Map.Entry<String, Embedding> entry : embeddings.entrySet()) {
      Embedding embedding = entry.getValue();
      Rows columns = dInput.columns(column, embedding.width());
      int[] ids = used.getOrDefault(entry.getKey(), new int[0]);
      embedding.backward(ids, columns, pass.child(entry.getKey()));
      column += embedding.width();
    }
  }

  /** An empty place for the ids of one batch. */
  public static Map<String, int[]> ids() {
    return new HashMap<>();
  }
}
