package io.sparkrnn.search;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.Serializable;

/**
 * How the most probable sequence is looked for.
 *
 * @param beam hypotheses that live side by side in a search; 1 for greedy search
 * @param best hypotheses that a search gives
 * @param lengthPenalty α, see {@link BeamSearch}; 0 for none
 * @param longest tokens of a hypothesis at most; 0 for twice the steps of its source and 10
 */
public record SearchSettings(int beam, int best, double lengthPenalty, int longest)
    implements Serializable {

  /** Greedy search. */
  public static final SearchSettings GREEDY = new SearchSettings(1, 1, 0, 0);

  /** {@link #beam}. */
  public static final Setting<Integer> BEAM =
      Setting.integer(
          "search.beam",
          "beam",
          1,
          Range.closed(1, 1000),
          "hypotheses that live side by side when a sequence is looked for; 1 for greedy search");

  /** {@link #best}. */
  public static final Setting<Integer> BEST =
      Setting.integer(
          "search.best",
          "best",
          1,
          Range.closed(1, 1000),
          "hypotheses that a search gives, at most as many as its beam");

  /** {@link #lengthPenalty}. */
  public static final Setting<Double> LENGTH_PENALTY =
      Setting.decimal(
          "search.lengthPenalty",
          "lengthPenalty",
          0,
          Range.closed(0, 10),
          "a: hypotheses are ranked by their log-probability / ((5 + length) / 6)^a");

  /** {@link #longest}. */
  public static final Setting<Integer> LONGEST =
      Setting.integer(
          "search.longest",
          "longest",
          0,
          Range.closed(0, 1_000_000),
          "tokens of a hypothesis at most; 0 for twice the steps of its source and 10");

  /** All settings of a search. */
  public static final Settings SETTINGS = Settings.of(BEAM, BEST, LENGTH_PENALTY, LONGEST);

  /** Checks that there can be as many hypotheses as are wanted. */
  public SearchSettings {
    if (best > beam) {
      throw new ConfigurationException(
          "search.best: a beam of %d gives at most as many hypotheses, found %d; make search.beam larger"
              .formatted(beam, best));
    }
  }

  /** Reads the settings out of values. */
  public static SearchSettings from(Values values) {
    return new SearchSettings(
        values.get(BEAM), values.get(BEST), values.get(LENGTH_PENALTY), values.get(LONGEST));
  }

  /** The search. */
  public Search search() {
    return beam == 1 ? new GreedySearch() : new BeamSearch(beam, best, lengthPenalty);
  }

  /** Tokens at most for a source of so many steps. */
  public int limit(int sourceSteps) {
    return longest > 0 ? longest : Math.addExact(Math.multiplyExact(2, sourceSteps), 10);
  }
}
