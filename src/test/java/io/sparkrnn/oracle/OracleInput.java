package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.Vectors.concatenate;

import java.util.Arrays;
import java.util.List;

/**
 * The input vectors x_t of a network: its columns in the given order, one after another; a column
 * of ids by the rows of its embedding {@code embedding.<column>.E} [V, width].
 *
 * @param columns names of columns of ids or of values
 */
public record OracleInput(List<String> columns) {
  /** Takes the names of the columns in order. */
  public OracleInput(String... columns) {
    this(List.of(columns));
  }

  /** x_1 … x_T. */
  public double[][] rows(NamedTensors tensors, OracleSequence sequence) {
    double[][] rows = new double[sequence.steps()][0];
    for (int t = 0; t < rows.length; t++) {
      for (String column : columns) {
        double[] part =
            sequence.hasIds(column)
                ? embedded(tensors, column, sequence.ids(column)[t])
                : sequence.values(column)[t];
        rows[t] = concatenate(rows[t], part);
      }
    }
    return rows;
  }

  private static double[] embedded(NamedTensors tensors, String column, int id) {
    String name = "embedding." + column + ".E";
    int width = tensors.columns(name);
    return Arrays.copyOfRange(tensors.values(name), id * width, (id + 1) * width);
  }
}
