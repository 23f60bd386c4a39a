package io.sparkrnn.search;

import io.sparkrnn.math.Rows;
import java.util.ArrayList;
import java.util.List;

/**
 * Beam search: at every step the {@code width} most probable ways to go on live, over all live
 * hypotheses of a search; a way that ends is kept if it is among the {@code width} most probable
 * ways, ended or not. Hypotheses are ranked by
 *
 * <pre>
 * log p(y) / ((5 + |y|) / 6)^α
 * </pre>
 *
 * (Wu 2016) with |y| the tokens and the end. A search is over when no living hypothesis can be
 * ranked among the {@code best} any more: log p only falls, and the divisor is at most that of the
 * longest length. With a beam as wide as there are beginnings of sequences the search is exact. All
 * living hypotheses of all searches are the rows of one step.
 *
 * @param width of the beam
 * @param best hypotheses given
 * @param lengthPenalty α, at least 0
 */
public record BeamSearch(int width, int best, double lengthPenalty) implements Search {

  @Override
  public List<List<Hypothesis>> search(StepModel model, int[] limits) {
    List<Beam> beams = new ArrayList<>();
    for (int limit : limits) {
      beams.add(new Beam(this, model, limit));
    }
    Rows states = Rows.zeros(limits.length, model.stateSize());
    Layout rows = Layout.of(beams);
    model.begin(rows.searches, states);
    while (rows.searches.length > 0) {
      Rows next = Rows.zeros(rows.searches.length, model.stateSize());
      Rows scores = model.step(rows.tokens, rows.searches, states, next);
      int first = 0;
      for (Beam beam : beams) {
        int live = beam.live();
        if (live > 0) {
          beam.extend(scores.slice(first, live), first);
          first += live;
        }
      }
      rows = Layout.of(beams);
      states = Rows.zeros(rows.searches.length, model.stateSize());
      for (int row = 0; row < rows.searches.length; row++) {
        states.slice(row, 1).copyFrom(next.slice(rows.parents[row], 1));
      }
    }
    return beams.stream().map(Beam::hypotheses).toList();
  }

  /** The score of a log-probability over so many tokens, the end included. */
  double score(double logProbability, int length) {
    return logProbability / Math.pow((5.0 + length) / 6.0, lengthPenalty);
  }

  /**
   * Live hypotheses of all beams as rows.
   *
   * @param searches whose they are
   * @param tokens said last
   * @param parents rows of the step before that they came from
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier between two steps
  private record Layout(int[] searches, int[] tokens, int[] parents) {
    static Layout of(List<Beam> beams) {
      int count = beams.stream().mapToInt(Beam::live).sum();
      Layout layout = new Layout(new int[count], new int[count], new int[count]);
      int row = 0;
      for (int search = 0; search < beams.size(); search++) {
        Beam beam = beams.get(search);
        for (int i = 0; i < beam.live(); i++) {
          layout.searches[row] = search;
          layout.tokens[row] = beam.token(i);
          layout.parents[row] = beam.parent(i);
          row++;
        }
      }
      return layout;
    }
  }
}
