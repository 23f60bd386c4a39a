package io.sparkrnn.training;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.Rule;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.Serializable;
import java.util.List;

/**
 * What is averaged, and when.
 *
 * @param gradients whether each mini-batch's gradients are averaged instead of parameters
 * @param period mini-batches a round; 0 for a whole epoch
 * @param resetMemory whether optimizer memory starts from zero at each round instead of the average
 * @param blockMomentum η of block momentum on the driver (Chen and Huo 2016), 0 for none
 * @param warmupRounds rounds of plain averaging before block momentum
 */
public record AveragingSettings(
    boolean gradients, int period, boolean resetMemory, double blockMomentum, int warmupRounds)
    implements Serializable {

  private static final String EPOCH = "epoch";

  /** What is averaged. */
  public static final Setting<String> OF =
      Setting.choice(
          "averaging.of",
          "averagingOf",
          "parameters",
          List.of("parameters", "gradients"),
          "parameters after local steps; or the gradient of every mini-batch, one step on the driver");

  /** When. */
  public static final Setting<String> PERIOD =
      Setting.text(
          "averaging.period",
          "averagingPeriod",
          EPOCH,
          Rule.of("epoch, or a number of mini-batches of at least 1", AveragingSettings::isPeriod),
          "local mini-batches between two averagings of parameters");

  /** Optimizer memory. */
  public static final Setting<String> MEMORY =
      Setting.choice(
          "averaging.optimizerState",
          "averagingOptimizerState",
          "average",
          List.of("average", "reset"),
          "what becomes of the optimizer's memory at each averaging of parameters");

  /** η. */
  public static final Setting<Double> BLOCK_MOMENTUM =
      Setting.decimal(
          "averaging.blockMomentum",
          "averagingBlockMomentum",
          0,
          Range.closedOpen(0, 1),
          "momentum of averaged parameters on the driver; 1 - 1/partitions with many rounds an epoch");

  /** Warm-up. */
  public static final Setting<Integer> WARMUP_ROUNDS =
      Setting.integer(
          "averaging.warmupRounds",
          "averagingWarmupRounds",
          0,
          Range.atLeast(0),
          "rounds of plain averaging before block momentum begins");

  /** All settings of averaging. */
  public static final Settings SETTINGS =
      Settings.of(OF, PERIOD, MEMORY, BLOCK_MOMENTUM, WARMUP_ROUNDS);

  /** Reads the settings of averaging out of values. */
  public static AveragingSettings from(Values values) {
    boolean gradients = values.get(OF).equals("gradients");
    String period = values.get(PERIOD);
    double blockMomentum = values.get(BLOCK_MOMENTUM);
    if (gradients && blockMomentum > 0) {
      throw new ConfigurationException(
          "averaging.blockMomentum: works on averaged parameters; set averaging.of = parameters, or blockMomentum = 0");
    }
    if (gradients && !period.equals(EPOCH) && !period.equals("1")) {
      throw new ConfigurationException(
          "averaging.period: gradients are averaged at every mini-batch; leave the period away, found "
              + period);
    }
    return new AveragingSettings(
        gradients,
        period.equals(EPOCH) ? 0 : Integer.parseInt(period),
        values.get(MEMORY).equals("reset"),
        blockMomentum,
        values.get(WARMUP_ROUNDS));
  }

  /** Rounds an epoch for shards of at most this many mini-batches. */
  public int rounds(int miniBatches) {
    int each = gradients ? 1 : period;
    return each == 0 ? 1 : Math.max(1, (miniBatches + each - 1) / each);
  }

  private static boolean isPeriod(String text) {
    return text.equals(EPOCH) || text.matches("[1-9][0-9]{0,8}");
  }
}
