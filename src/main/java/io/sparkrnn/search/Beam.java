package io.sparkrnn.search;

import io.sparkrnn.math.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The hypotheses of one search: living and ended. */
final class Beam {

  private static final Comparator<Hypothesis> BEST_FIRST =
      Comparator.comparingDouble(Hypothesis::score).reversed();

  private final BeamSearch settings;
  private final StepModel model;
  private final int limit;
  private final List<Hypothesis> ended = new ArrayList<>();
  private List<Living> living;

  /**
   * One living hypothesis.
   *
   * @param tokens said
   * @param logProbability of them
   * @param parent row of the last step it came from
   */
  @SuppressWarnings("ArrayRecordComponent") // read here alone
  private record Living(int[] tokens, double logProbability, int parent) {}

  /** Ways to go on, the best first; equal ones in the order of hypotheses and tokens. */
  private static final class Ways {
    private final double[] logProbabilities;
    private final int[] from;
    private final int[] tokens;
    private int count;

    Ways(int most) {
      logProbabilities = new double[most];
      from = new int[most];
      tokens = new int[most];
    }

    void offer(double logProbability, int hypothesis, int token) {
      int most = tokens.length;
      if (count == most && !(logProbability > logProbabilities[most - 1])) {
        return;
      }
      int place = count < most ? count++ : most - 1;
      while (place > 0 && logProbability > logProbabilities[place - 1]) {
        logProbabilities[place] = logProbabilities[place - 1];
        from[place] = from[place - 1];
        tokens[place] = tokens[place - 1];
        place--;
      }
      logProbabilities[place] = logProbability;
      from[place] = hypothesis;
      tokens[place] = token;
    }
  }

  Beam(BeamSearch settings, StepModel model, int limit) {
    this.settings = settings;
    this.model = model;
    this.limit = limit;
    this.living = List.of(new Living(new int[0], 0, 0));
  }

  int live() {
    return living.size();
  }

  int token(int i) {
    int[] tokens = living.get(i).tokens;
    return tokens.length == 0 ? model.boundary() : tokens[tokens.length - 1];
  }

  int parent(int i) {
    return living.get(i).parent;
  }

  /**
   * Goes one step on.
   *
   * @param scores log-probabilities of the next token, a row a living hypothesis
   * @param firstRow row of the first of them among those of all searches
   */
  void extend(Rows scores, int firstRow) {
    Ways ways = new Ways(2 * settings.width());
    for (int i = 0; i < living.size(); i++) {
      double before = living.get(i).logProbability;
      int start = scores.start(i);
      for (int c = 0; c < scores.width(); c++) {
        double logProbability = before + scores.data()[start + c];
        if (logProbability > Double.NEGATIVE_INFINITY && mayGoOn(i, c)) {
          ways.offer(logProbability, i, c);
        }
      }
    }
    List<Living> next = new ArrayList<>();
    for (int w = 0; w < ways.count && next.size() < settings.width(); w++) {
      Living from = living.get(ways.from[w]);
      if (ways.tokens[w] == model.boundary()) {
        if (w < settings.width()) {
          end(from.tokens, ways.logProbabilities[w]);
        }
        continue;
      }
      int[] tokens = Arrays.copyOf(from.tokens, from.tokens.length + 1);
      tokens[tokens.length - 1] = ways.tokens[w];
      next.add(new Living(tokens, ways.logProbabilities[w], firstRow + ways.from[w]));
    }
    living = over(next) ? List.of() : next;
  }

  /** At the longest length a hypothesis can only end. */
  private boolean mayGoOn(int hypothesis, int token) {
    return living.get(hypothesis).tokens.length < limit
        ? model.sayable(token)
        : token == model.boundary();
  }

  private void end(int[] tokens, double logProbability) {
    double score = settings.score(logProbability, tokens.length + 1);
    ended.add(new Hypothesis(Arrays.stream(tokens).boxed().toList(), logProbability, score));
    ended.sort(BEST_FIRST); // stable: of equal ones that found first
    if (ended.size() > settings.best()) {
      ended.remove(ended.size() - 1);
    }
  }

  /** Whether no living hypothesis can be among the best any more. */
  private boolean over(List<Living> next) {
    if (next.isEmpty() || ended.size() < settings.best()) {
      return false;
    }
    double bound = settings.score(next.get(0).logProbability, limit + 1);
    return bound <= ended.get(ended.size() - 1).score();
  }

  /** The best, best first; where the model gave no finite number, one of nothing. */
  List<Hypothesis> hypotheses() {
    return ended.isEmpty()
        ? List.of(new Hypothesis(List.of(), Double.NaN, Double.NaN))
        : List.copyOf(ended);
  }
}
