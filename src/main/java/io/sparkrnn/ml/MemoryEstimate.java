package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.objective.BatchFootprint;
import io.sparkrnn.spark.SparkShards.LargestBatch;
import io.sparkrnn.spark.TaskMemory;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory that training will take, told before it begins: a task holds its mini-batch, unrolled over
 * all steps, beside copies of parameters, gradient and the optimizer's memory,
 *
 * <pre>
 * task = 4 · (fixed + a·B + b·Σ lengths) + 4·N·(3 + 2·slots),   heap ≥ tasks · task + 4·N·(1 + slots)
 * </pre>
 *
 * with the B longest sequences of a shard. What cannot fit is refused with what would; what may not
 * fit beside Spark's cache is warned of.
 *
 * @param footprint of a mini-batch
 * @param parameters N
 * @param slots floats of the optimizer's memory a parameter
 * @param memory that tasks share
 */
record MemoryEstimate(BatchFootprint footprint, long parameters, int slots, TaskMemory memory) {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryEstimate.class);

  /** Share of the heap that objects can ever fill: the rest is the JVM's and Spark's own. */
  private static final double MOST = 0.9;

  /** Share beside which Spark's cache has its usual room. */
  private static final double COMFORTABLE = 0.4;

  /** The same with mini-batches. */
  MemoryEstimate of(BatchFootprint batches) {
    return new MemoryEstimate(batches, parameters, slots, memory);
  }

  /** Bytes of a task with a batch. */
  private double task(double sequences, double steps) {
    return footprint.bytes(sequences, steps) + Float.BYTES * (double) parameters * (3 + 2 * slots);
  }

  private double shared() {
    return Float.BYTES * (double) parameters * (1 + slots);
  }

  /** Bytes that a task can have. */
  private double room() {
    return (MOST * memory.heap() - shared()) / memory.tasks();
  }

  private boolean fits(double sequences, double steps) {
    return task(sequences, steps) <= room() && footprint.fitsArrays(steps);
  }

  /**
   * Accepts the parameters by themselves.
   *
   * @throws ConfigurationException if they do not fit
   */
  void requireParameters() {
    if (task(0, 0) > room()) {
      throw new ConfigurationException(
          "network.hiddenSizes: the %,d parameters of the network need %s a task with their gradient and optimizer, and a task has %s (%d tasks in a heap of %s); make the network smaller, or raise %s"
              .formatted(
                  parameters,
                  size(task(0, 0)),
                  size(Math.max(0, room())),
                  memory.tasks(),
                  heap(),
                  memory.key()));
    }
  }

  /**
   * Accepts a training.
   *
   * @param largest the largest mini-batch
   * @throws ConfigurationException if parameters or mini-batches do not fit, naming what would
   * @throws DataException if not even one of the longest sequences fits
   */
  void require(LargestBatch largest) {
    requireParameters();
    if (!fits(1, largest.longest())) {
      throw new DataException(
          "a sequence of %,d steps needs %s unrolled, and a task has %s (%d tasks in a heap of %s); cut it into sequences of at most %,d steps, or raise %s"
              .formatted(
                  largest.longest(),
                  size(task(1, largest.longest())),
                  size(room()),
                  memory.tasks(),
                  heap(),
                  longest(),
                  memory.key()));
    }
    if (!fits(largest.sequences(), (double) largest.steps())) {
      throw new ConfigurationException(
          "training.batchSize: a mini-batch of %d sequences of up to %,d steps needs %s, and a task has %s (%d tasks in a heap of %s); set it to at most %d, cut long sequences, or raise %s"
              .formatted(
                  largest.sequences(),
                  largest.longest(),
                  size(task(largest.sequences(), (double) largest.steps())),
                  size(room()),
                  memory.tasks(),
                  heap(),
                  most(largest),
                  memory.key()));
    }
    warn(largest);
  }

  private void warn(LargestBatch largest) {
    double needed = memory.tasks() * task(largest.sequences(), (double) largest.steps()) + shared();
    if (needed > COMFORTABLE * memory.heap()) {
      LOG.warn(
          "a mini-batch of {} sequences of up to {} steps needs {} a task, {} of a heap of {} in all; if memory runs out, lower training.batchSize, cut long sequences, or raise {}",
          largest.sequences(),
          largest.longest(),
          size(task(largest.sequences(), (double) largest.steps())),
          size(needed),
          heap(),
          memory.key());
    }
  }

  /** Sequences of the longest kind that fit. */
  private int most(LargestBatch largest) {
    int low = 1;
    int high = largest.sequences();
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (fits(middle, (double) middle * largest.longest())) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Steps of one sequence that fit. */
  private long longest() {
    double byHeap = (room() - task(1, 0)) / (task(1, 1) - task(1, 0));
    double byArrays = Integer.MAX_VALUE / Math.max(1, footprint.widest());
    return Math.max(1, (long) Math.min(byHeap, byArrays));
  }

  private String heap() {
    return size((double) memory.heap());
  }

  private static String size(double bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    double value = bytes;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, value < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }
}
