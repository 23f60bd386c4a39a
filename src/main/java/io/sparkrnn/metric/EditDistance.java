package io.sparkrnn.metric;

import java.util.List;

/**
 * The least number of insertions, deletions and replacements that make one sequence of another
 * (Levenshtein 1966), by dynamic programming in one row.
 */
public final class EditDistance {

  private EditDistance() {}

  /** The distance of two sequences. */
  public static int of(List<?> from, List<?> to) {
    int[] row = new int[to.size() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 0; i < from.size(); i++) {
      int diagonal = row[0];
      row[0] = i + 1;
      for (int j = 0; j < to.size(); j++) {
        int replaced = diagonal + (from.get(i).equals(to.get(j)) ? 0 : 1);
        diagonal = row[j + 1];
        row[j + 1] = Math.min(replaced, 1 + Math.min(row[j], diagonal));
      }
    }
    return row[to.size()];
  }
}
