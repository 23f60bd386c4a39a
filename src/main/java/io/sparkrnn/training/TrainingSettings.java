package io.sparkrnn.training;

import io.sparkrnn.math.Backend;
import io.sparkrnn.optimizer.OptimizerSettings;
import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.Serializable;
import java.util.List;

/**
 * The course of a training.
 *
 * @param epochs passes over the data
 * @param batchSize sequences a mini-batch
 * @param seed of everything random
 * @param patience epochs without a better validation score before it ends; 0 for never
 * @param metric by which epochs are compared on validation data
 * @param averaging what is averaged, and when
 * @param optimizer how steps are taken
 * @param backend resolved name of the arithmetic
 * @param divergence what becomes of a round that is not finite
 */
public record TrainingSettings(
    int epochs,
    int batchSize,
    long seed,
    int patience,
    String metric,
    AveragingSettings averaging,
    OptimizerSettings optimizer,
    String backend,
    DivergenceSettings divergence)
    implements Serializable {

  /** Epochs. */
  public static final Setting<Integer> EPOCHS =
      Setting.integer(
          "training.epochs", "maxIter", 20, Range.atLeast(0), "epochs: passes over the data");

  /** Mini-batches. */
  public static final Setting<Integer> BATCH_SIZE =
      Setting.integer(
          "training.batchSize", "batchSize", 32, Range.atLeast(1), "sequences a mini-batch");

  /** Seed. */
  public static final Setting<Long> SEED =
      Setting.longInteger(
          "training.seed", "seed", 1, Range.any(), "all randomness comes from this number");

  /** P. */
  public static final Setting<Integer> PARTITIONS =
      Setting.integer(
          "training.partitions",
          "partitions",
          0,
          Range.closed(0, 100_000),
          "shards that train side by side; part of the result; 0 for the cluster's parallelism");

  /** Patience. */
  public static final Setting<Integer> PATIENCE =
      Setting.integer(
          "training.patience",
          "patience",
          0,
          Range.atLeast(0),
          "epochs without a better validation score, or an equal one at a lower loss, before training ends; 0 for never");

  /** Metric. */
  public static final Setting<String> METRIC =
      Setting.text(
          "training.metric",
          "metric",
          "loss",
          "validation score by which the best epoch is kept: loss, accuracy, macroF1, rmse, …");

  /** Class weights. */
  public static final Setting<List<String>> CLASS_WEIGHTS =
      Setting.namedOrDecimals(
          "training.classWeights",
          "classWeights",
          "none",
          List.of("none", "softened", "balanced"),
          Range.above(0),
          "factor in the loss of each class: none, balanced (as much weight for each class),"
              + " softened (the square root of balanced), or a list");

  /** Arithmetic. */
  public static final Setting<String> BACKEND =
      Setting.choice(
          "math.backend",
          "backend",
          Backend.AUTO,
          Backend.NAMES,
          "arithmetic: native, or plain Java with the same bytes on any machine");

  /** Precision. */
  public static final Setting<String> PRECISION =
      Setting.choice(
          "math.precision",
          "precision",
          Backend.FLOAT32,
          Backend.PRECISIONS,
          "of the factors of matrix products, all else stays float32; bf16 needs AVX-512 BF16 or AMX,"
              + " or math.backend = java to try its arithmetic slowly");

  /** All settings of a training. */
  public static final Settings SETTINGS =
      Settings.of(
          EPOCHS,
          BATCH_SIZE,
          SEED,
          PARTITIONS,
          PATIENCE,
          METRIC,
          CLASS_WEIGHTS,
          DivergenceSettings.POLICY,
          DivergenceSettings.ROLLBACKS,
          DivergenceSettings.FACTOR,
          BACKEND,
          PRECISION);

  /** The arithmetic that this machine will use, resolved. */
  public static String backend(Values values) {
    return Backend.choose(values.get(BACKEND), values.get(PRECISION)).resolved();
  }

  /**
   * Reads the settings of a training out of values.
   *
   * @param backend resolved name of the arithmetic
   */
  public static TrainingSettings from(Values values, String backend) {
    int epochs = values.get(EPOCHS);
    return new TrainingSettings(
        epochs,
        values.get(BATCH_SIZE),
        values.get(SEED),
        values.get(PATIENCE),
        values.get(METRIC),
        AveragingSettings.from(values),
        OptimizerSettings.from(values, epochs),
        backend,
        DivergenceSettings.from(values));
  }
}
