package io.sparkrnn.search;

import io.sparkrnn.math.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Says the most probable token at every step, of equal ones the first. At the longest length it
 * ends.
 */
public record GreedySearch() implements Search {

  @Override
  public List<List<Hypothesis>> search(StepModel model, int[] limits) {
    int count = limits.length;
    List<List<Hypothesis>> found = new ArrayList<>();
    int[][] said = new int[count][];
    int[] searches = new int[count];
    int[] last = new int[count];
    double[] logProbabilities = new double[count];
    for (int s = 0; s < count; s++) {
      found.add(List.of());
      said[s] = new int[limits[s]];
      searches[s] = s;
      last[s] = model.boundary();
    }
    Rows states = Rows.zeros(count, model.stateSize());
    Rows next = Rows.zeros(count, model.stateSize());
    model.begin(searches, states);
    for (int t = 0; searches.length > 0; t++) {
      int rows = searches.length;
      Rows scores = model.step(last, searches, states.slice(0, rows), next.slice(0, rows));
      int kept = 0;
      for (int row = 0; row < rows; row++) {
        int search = searches[row];
        int best = t == limits[search] ? model.boundary() : best(scores, row, model);
        logProbabilities[search] += scores.get(row, best);
        if (best == model.boundary()) {
          double total = logProbabilities[search];
          List<Integer> tokens = Arrays.stream(said[search], 0, t).boxed().toList();
          found.set(search, List.of(new Hypothesis(tokens, total, total)));
          continue;
        }
        said[search][t] = best;
        searches[kept] = search;
        last[kept] = best;
        states.slice(kept, 1).copyFrom(next.slice(row, 1));
        kept++;
      }
      if (kept < rows) {
        searches = Arrays.copyOf(searches, kept);
        last = Arrays.copyOf(last, kept);
      }
    }
    return found;
  }

  private static int best(Rows scores, int row, StepModel model) {
    int best = model.boundary();
    float highest = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < scores.width(); c++) {
      float score = scores.get(row, c);
      if (score > highest && model.sayable(c)) {
        best = c;
        highest = score;
      }
    }
    return best;
  }
}
