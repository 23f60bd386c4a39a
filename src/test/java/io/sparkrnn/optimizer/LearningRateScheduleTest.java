package io.sparkrnn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Schedules are functions of the epochs done. */
class LearningRateScheduleTest {
  private static final Offset<Double> EXACT = within(1e-12);
  private static final double BASE = 0.8;
  private static final double DECAY = 0.25;

  /** Decay every 4 epochs, of 20. */
  private static LearningRateSchedule schedule(String form, double warmup) {
    return new LearningRateSchedule(form, BASE, warmup, DECAY, 4, 20);
  }

  @Test
  void constant() {
    LearningRateSchedule schedule = schedule(LearningRateSchedule.CONSTANT, 0);
    assertThat(schedule.at(0)).isEqualTo(BASE);
    assertThat(schedule.at(19.9)).isEqualTo(BASE);
  }

  @Test
  void steps() {
    LearningRateSchedule schedule = schedule(LearningRateSchedule.STEP, 0);
    assertThat(schedule.at(0)).isEqualTo(BASE);
    assertThat(schedule.at(3.99)).isEqualTo(BASE);
    assertThat(schedule.at(4)).isEqualTo(BASE * DECAY, EXACT);
    assertThat(schedule.at(7.99)).isEqualTo(BASE * DECAY, EXACT);
    assertThat(schedule.at(8)).isEqualTo(BASE * DECAY * DECAY, EXACT);
  }

  @Test
  void exponential() {
    LearningRateSchedule schedule = schedule(LearningRateSchedule.EXPONENTIAL, 0);
    assertThat(schedule.at(0)).isEqualTo(BASE);
    assertThat(schedule.at(2)).isEqualTo(BASE * 0.5, EXACT);
    assertThat(schedule.at(4)).isEqualTo(BASE * DECAY, EXACT);
    assertThat(schedule.at(6)).isEqualTo(BASE * DECAY * 0.5, EXACT);
  }

  @Test
  void cosine() {
    LearningRateSchedule schedule = schedule(LearningRateSchedule.COSINE, 0);
    assertThat(schedule.at(0)).isEqualTo(BASE, EXACT);
    assertThat(schedule.at(10)).isEqualTo(BASE * (1 + DECAY) / 2, EXACT);
    assertThat(schedule.at(20)).isEqualTo(BASE * DECAY, EXACT);
    assertThat(schedule.at(25)).as("beyond the last epoch").isEqualTo(BASE * DECAY, EXACT);
    assertThat(schedule.at(5)).isEqualTo(BASE * (DECAY + 0.75 * (1 + Math.sqrt(0.5)) / 2), EXACT);
  }

  @Test
  void warmUpGrowsInProportionAndThenTheScheduleGoesOnAsIfThereHadBeenNone() {
    LearningRateSchedule schedule = schedule(LearningRateSchedule.EXPONENTIAL, 2);
    LearningRateSchedule without = schedule(LearningRateSchedule.EXPONENTIAL, 0);
    assertThat(schedule.at(0)).as("small, but not 0").isBetween(1e-9, 1e-3);
    assertThat(schedule.at(0.5)).isEqualTo(without.at(0.5) / 4, EXACT);
    assertThat(schedule.at(1)).isEqualTo(without.at(1) / 2, EXACT);
    for (double progress : new double[] {2, 2.5, 7, 20}) {
      assertThat(schedule.at(progress)).isEqualTo(without.at(progress));
    }
  }
}
