package io.sparkrnn.layer;

import io.sparkrnn.math.RandomStream;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.Initializer;
import io.sparkrnn.parameter.ParameterLayout;

/**
 * Looks up a row of E {@code vocabulary × width} for every id. In training the id of a rare term
 * becomes 0, the unknown term, with probability {@code unknownRate}: so the row of the unknown term
 * is learnt from the terms most like those that training never saw (Lample et al. 2016). The
 * gradient touches only the rows that a batch used.
 *
 * @param vocabulary number of ids
 * @param width values a row
 * @param rareFrom first id of the rare terms; {@code vocabulary} if there are none
 * @param unknownRate in [0, 1)
 */
public record Embedding(int vocabulary, int width, int rareFrom, double unknownRate) {

  /** Declares E, normal with deviation 1 / √width. */
  public void declare(ParameterLayout.Builder layout) {
    layout.table("E", vocabulary, width, Initializer.normal(1 / Math.sqrt(width)));
  }

  /**
   * Writes the rows of the ids.
   *
   * @param ids one a row, in [0, vocabulary)
   * @param output rows × width
   * @return the ids looked up, for {@link #backward}
   */
  public int[] forward(int[] ids, Rows output, Pass pass) {
    int[] used = pass.training() && unknownRate > 0 ? forget(ids, pass.random()) : ids;
    Rows table = pass.parameter("E");
    for (int row = 0; row < used.length; row++) {
      if (used[row] < 0 || used[row] >= vocabulary) {
        throw new IllegalArgumentException(
            "id %d is not in [0, %d)".formatted(used[row], vocabulary));
      }
      System.arraycopy(
          table.data(), table.start(used[row]), output.data(), output.start(row), width);
    }
    return used;
  }

  /** Adds rows of gradient to the rows of E that were looked up, in the order of the rows. */
  public void backward(int[] used, Rows dOutput, Pass pass) {
    Gradient.Table table = pass.gradient().table(pass.fullName("E"));
    float[] gradient = pass.gradient().values();
    for (int row = 0; row < used.length; row++) {
      int to = table.touch(used[row]);
      int from = dOutput.start(row);
      for (int j = 0; j < width; j++) {
        gradient[to + j] += dOutput.data()[from + j];
      }
    }
  }

  private int[] forget(int[] ids, RandomStream random) {
    int[] used = ids.clone();
    for (int row = 0; row < used.length; row++) {
      if (used[row] >= rareFrom && random.nextFloat() < unknownRate) {
        used[row] = 0;
      }
    }
    return used;
  }
}
