package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.objective.BatchFootprint;
import io.sparkrnn.spark.SparkShards.LargestBatch;
import io.sparkrnn.spark.TaskMemory;
import java.util.Locale;
import java.util.function.LongPredicate;
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
 * with the B longest sequences of a shard; attention adds pairs of steps ({@link BatchFootprint}).
 * What cannot fit is refused with what would; what may not fit beside Spark's cache is warned of.
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

  /**
   * What is shortened if a training does not fit.
   *
   * @param one remedy where a single one is too long; a format with the steps that fit
   * @param many remedy where many are
   */
  record Shortening(String one, String many) {
    /** Sequences of the data. */
    static final Shortening SEQUENCES =
        new Shortening("cut it into sequences of at most %,d steps", "cut long sequences");

    /** Segments of streams. */
    static final Shortening SEGMENTS =
        new Shortening(
            "set language.segment to at most %,d", "lower language.segment to shorten them");
  }

  /** Bytes of a task with a batch. */
  private double task(double sequences, double steps, double longest) {
    return footprint.bytes(sequences, steps, longest)
        + Float.BYTES * (double) parameters * (3 + 2 * slots);
  }

  private double shared() {
    return Float.BYTES * (double) parameters * (1 + slots);
  }

  /** Bytes that a task can have. */
  private double room() {
    return (MOST * memory.heap() - shared()) / memory.tasks();
  }

  private boolean fits(double sequences, double steps, double longest) {
    return task(sequences, steps, longest) <= room() && footprint.fitsArrays(steps, longest);
  }

  /**
   * Accepts the parameters by themselves.
   *
   * @throws ConfigurationException if they do not fit
   */
  void requireParameters() {
    if (task(0, 0, 0) > room()) {
      throw new ConfigurationException(
          "network.hiddenSizes: the %,d parameters of the network need %s a task with their gradient and optimizer, and a task has %s (%d tasks in a heap of %s); make the network smaller, or raise %s"
              .formatted(
                  parameters,
                  size(task(0, 0, 0)),
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
    require(largest, Shortening.SEQUENCES);
  }

  /** The same with other words for what is too long. */
  void require(LargestBatch largest, Shortening shortening) {
    requireParameters();
    if (!fits(1, largest.longest(), largest.longest())) {
      throw tooLong(largest, shortening);
    }
    if (!fits(largest.sequences(), (double) largest.steps(), largest.longest())) {
      throw new ConfigurationException(
          "training.batchSize: a mini-batch of %d sequences of up to %,d steps needs %s, and a task has %s (%d tasks in a heap of %s); set it to at most %d, %s, or raise %s"
              .formatted(
                  largest.sequences(),
                  largest.longest(),
                  size(bytes(largest)),
                  size(room()),
                  memory.tasks(),
                  heap(),
                  most(largest),
                  shortening.many,
                  memory.key()));
    }
    warn(largest, shortening);
  }

  private RuntimeException tooLong(LargestBatch largest, Shortening shortening) {
    String message =
        "a sequence of %,d steps needs %s unrolled, and a task has %s (%d tasks in a heap of %s); %s, or raise %s"
            .formatted(
                largest.longest(),
                size(task(1, largest.longest(), largest.longest())),
                size(room()),
                memory.tasks(),
                heap(),
                shortening.one.formatted(longest(largest.longest())),
                memory.key());
    return shortening.equals(Shortening.SEQUENCES)
        ? new DataException(message)
        : new ConfigurationException(message);
  }

  private double bytes(LargestBatch largest) {
    return task(largest.sequences(), (double) largest.steps(), largest.longest());
  }

  private void warn(LargestBatch largest, Shortening shortening) {
    double needed = memory.tasks() * bytes(largest) + shared();
    if (needed > COMFORTABLE * memory.heap()) {
      LOG.warn(
          "a mini-batch of {} sequences of up to {} steps needs {} a task, {} of a heap of {} in all; if memory runs out, lower training.batchSize, {}, or raise {}",
          largest.sequences(),
          largest.longest(),
          size(bytes(largest)),
          size(needed),
          heap(),
          shortening.many,
          memory.key());
    }
  }

  /** Sequences of the longest kind that fit. */
  private long most(LargestBatch largest) {
    double length = largest.longest();
    return most(largest.sequences(), count -> fits(count, count * length, length));
  }

  /** Steps of one sequence that fit. */
  private long longest(int tooLong) {
    return most(tooLong, length -> fits(1, length, length));
  }

  /** The largest number that fits, at least 1, where {@code tooMany} does not. */
  private static long most(long tooMany, LongPredicate fits) {
    long low = 1;
    long high = tooMany;
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (fits.test(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
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
