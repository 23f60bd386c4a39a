package io.sparkrnn.training;

import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Values;
import java.io.Serializable;
import java.util.List;

/**
 * What becomes of a round in which no shard that worked is finite, or after which the parameters
 * are not. A single shard that is not finite is left out of the average in any case.
 *
 * @param policy one of {@link #FAIL}, {@link #SKIP}, {@link #ROLLBACK}
 * @param rollbacks the most that are made in one training
 * @param factor by which every learning rate is multiplied at a rollback
 */
public record DivergenceSettings(String policy, int rollbacks, double factor)
    implements Serializable {

  /** Training ends with an error. */
  public static final String FAIL = "fail";

  /** The round counts for nothing. */
  public static final String SKIP = "skip";

  /** The epoch begins anew with smaller steps. */
  public static final String ROLLBACK = "rollback";

  /** What to do. */
  public static final Setting<String> POLICY =
      Setting.choice(
          "training.divergence",
          "divergencePolicy",
          FAIL,
          List.of(FAIL, SKIP, ROLLBACK),
          "what becomes of a round without any finite result: the training fails; the round is skipped; or the epoch begins anew from the last good state with smaller steps");

  /** How often at most. */
  public static final Setting<Integer> ROLLBACKS =
      Setting.integer(
          "training.rollbacks",
          "maxRollbacks",
          3,
          Range.atLeast(1),
          "rollbacks in one training, after which it fails (divergence = rollback)");

  /** How much smaller. */
  public static final Setting<Double> FACTOR =
      Setting.decimal(
          "training.rollbackFactor",
          "rollbackFactor",
          0.5,
          Range.open(0, 1),
          "factor of the learning rate at each rollback");

  /** Reads the settings out of values. */
  public static DivergenceSettings from(Values values) {
    return new DivergenceSettings(values.get(POLICY), values.get(ROLLBACKS), values.get(FACTOR));
  }
}
