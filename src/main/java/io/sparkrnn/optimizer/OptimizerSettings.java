package io.sparkrnn.optimizer;

import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.Serializable;
import java.util.List;

/**
 * How steps are taken.
 *
 * @param optimizer the rule
 * @param schedule the learning rate
 * @param clipNorm largest norm of the mean gradient; 0 for no clipping
 * @param weightDecay L2
 */
public record OptimizerSettings(
    Optimizer optimizer, LearningRateSchedule schedule, double clipNorm, double weightDecay)
    implements Serializable {

  /** Which rule. */
  public static final Setting<String> NAME =
      Setting.choice(
          "optimizer.name",
          "optimizer",
          "adam",
          List.of("sgd", "momentum", "adam"),
          "the rule by which a step is taken");

  /** Learning rate. */
  public static final Setting<Double> LEARNING_RATE =
      Setting.decimal(
          "optimizer.learningRate",
          "learningRate",
          0.001,
          Range.above(0),
          "learning rate before schedule and warm-up");

  /** μ. */
  public static final Setting<Double> MOMENTUM =
      Setting.decimal(
          "optimizer.momentum", "momentum", 0.9, Range.closedOpen(0, 1), "momentum of that rule");

  /** β₁. */
  public static final Setting<Double> BETA1 =
      Setting.decimal(
          "optimizer.beta1", "beta1", 0.9, Range.closedOpen(0, 1), "decay of Adam's first moment");

  /** β₂. */
  public static final Setting<Double> BETA2 =
      Setting.decimal(
          "optimizer.beta2",
          "beta2",
          0.999,
          Range.closedOpen(0, 1),
          "decay of Adam's second moment");

  /** ε. */
  public static final Setting<Double> EPSILON =
      Setting.decimal(
          "optimizer.epsilon",
          "epsilon",
          1e-8,
          Range.above(0),
          "Adam's guard against division by 0");

  /** L2. */
  public static final Setting<Double> WEIGHT_DECAY =
      Setting.decimal(
          "optimizer.weightDecay",
          "weightDecay",
          0,
          Range.atLeast(0),
          "L2: this times the parameters is added to the gradient");

  /** Clipping. */
  public static final Setting<Double> CLIP_NORM =
      Setting.decimal(
          "optimizer.clipNorm",
          "clipNorm",
          5,
          Range.atLeast(0),
          "largest norm of a mini-batch's mean gradient; 0 for no clipping");

  /** Form of the schedule. */
  public static final Setting<String> SCHEDULE =
      Setting.choice(
          "optimizer.schedule",
          "learningRateSchedule",
          LearningRateSchedule.CONSTANT,
          List.of(
              LearningRateSchedule.CONSTANT,
              LearningRateSchedule.STEP,
              LearningRateSchedule.EXPONENTIAL,
              LearningRateSchedule.COSINE),
          "how the learning rate changes with the epochs");

  /** Warm-up. */
  public static final Setting<Double> WARMUP =
      Setting.decimal(
          "optimizer.warmup",
          "warmup",
          0,
          Range.atLeast(0),
          "epochs, also parts of one, over which the learning rate grows from 0");

  /** Decay. */
  public static final Setting<Double> DECAY =
      Setting.decimal(
          "optimizer.decay",
          "learningRateDecay",
          0.1,
          Range.closed(0, 1),
          "factor every decayInterval epochs (step, exponential); share left at the end (cosine)");

  /** Interval. */
  public static final Setting<Double> DECAY_INTERVAL =
      Setting.decimal(
          "optimizer.decayInterval",
          "learningRateDecayInterval",
          10,
          Range.above(0),
          "epochs between two decays");

  /** All settings of an optimizer. */
  public static final Settings SETTINGS =
      Settings.of(
          NAME,
          LEARNING_RATE,
          MOMENTUM,
          BETA1,
          BETA2,
          EPSILON,
          WEIGHT_DECAY,
          CLIP_NORM,
          SCHEDULE,
          WARMUP,
          DECAY,
          DECAY_INTERVAL);

  /**
   * Reads the settings of an optimizer out of values.
   *
   * @param epochs of the whole training, for the cosine schedule
   */
  public static OptimizerSettings from(Values values, int epochs) {
    Optimizer rule =
        switch (values.get(NAME)) {
          case "sgd" -> new Sgd();
          case "momentum" -> new Momentum(values.get(MOMENTUM));
          default -> new Adam(values.get(BETA1), values.get(BETA2), values.get(EPSILON));
        };
    LearningRateSchedule schedule =
        new LearningRateSchedule(
            values.get(SCHEDULE),
            values.get(LEARNING_RATE),
            values.get(WARMUP),
            values.get(DECAY),
            values.get(DECAY_INTERVAL),
            epochs);
    return new OptimizerSettings(rule, schedule, values.get(CLIP_NORM), values.get(WEIGHT_DECAY));
  }

  /** The same with every learning rate multiplied by a factor. */
  public OptimizerSettings scaled(double factor) {
    return new OptimizerSettings(optimizer, schedule.scaled(factor), clipNorm, weightDecay);
  }

  /**
   * Takes one step down the mean gradient, clipped to the largest norm.
   *
   * @param weight what the gradient's sum is divided by, above 0
   * @param progress epochs done
   * @param count steps taken, this one included
   */
  public void step(
      float[] parameters,
      Gradient gradient,
      float[] memory,
      double weight,
      double progress,
      long count) {
    double scale = 1 / weight;
    if (clipNorm > 0) {
      double norm = Math.sqrt(gradient.squaredNorm()) * scale;
      scale *= Math.min(1, clipNorm / (norm + 1e-6)); // as PyTorch's clip_grad_norm_
    }
    Optimizer.StepSize size =
        new Optimizer.StepSize(schedule.at(progress), scale, weightDecay, count);
    optimizer.step(size, parameters, gradient, memory);
  }
}
