package io.sparkrnn.oracle;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;

/** One sequence of T steps: columns of vectors and of ids, a weight, and what is to be learned. */
public final class OracleSequence {
  private final int steps;
  private final Map<String, double[][]> values = new LinkedHashMap<>();
  private final Map<String, int[]> ids = new LinkedHashMap<>();
  private double weight = 1;
  private int[] labels = {};
  private double[][] targets = {};
  private double[] initial = {};

  /** A sequence of {@code steps} steps, of weight 1, without columns and targets. */
  public OracleSequence(int steps) {
    this.steps = steps;
  }

  /** Adds a column of vectors [T][width] and returns this. */
  public OracleSequence withValues(String column, double[]... rows) {
    assertThat(rows.length).as("rows of column '%s'", column).isEqualTo(steps);
    values.put(column, rows);
    return this;
  }

  /** Adds a column of ids [T] and returns this. */
  public OracleSequence withIds(String column, int... columnIds) {
    assertThat(columnIds.length).as("ids of column '%s'", column).isEqualTo(steps);
    ids.put(column, columnIds);
    return this;
  }

  /** Sets the weight and returns this. */
  public OracleSequence withWeight(double newWeight) {
    weight = newWeight;
    return this;
  }

  /** Sets the class of the sequence (one label) or of its steps (T labels, −1 for none). */
  public OracleSequence withLabels(int... newLabels) {
    labels = newLabels.clone();
    return this;
  }

  /** Sets the values [T][outputs] to be predicted at the steps and returns this. */
  public OracleSequence withTargets(double[]... rows) {
    targets = rows.clone();
    return this;
  }

  /** Sets the state of the encoder before t = 1, in its layout, and returns this. */
  public OracleSequence withInitial(double... state) {
    initial = state.clone();
    return this;
  }

  /** T. */
  public int steps() {
    return steps;
  }

  /** Whether the column holds ids. */
  public boolean hasIds(String column) {
    return ids.containsKey(column);
  }

  /** The ids of a column [T]. */
  public int[] ids(String column) {
    return requireNonNull(ids.get(column), () -> "no ids '" + column + "' among " + ids.keySet());
  }

  /** The vectors of a column [T][width]. */
  public double[][] values(String column) {
    return requireNonNull(
        values.get(column), () -> "no values '" + column + "' among " + values.keySet());
  }

  /** The weight of the sequence. */
  public double weight() {
    return weight;
  }

  /** The label of the sequence, or those of its steps. */
  public int[] labels() {
    return labels;
  }

  /** The values to be predicted [T][outputs]. */
  public double[][] targets() {
    return targets;
  }

  /** The state of the encoder before t = 1; no elements stand for 0. */
  public double[] initial() {
    return initial;
  }
}
