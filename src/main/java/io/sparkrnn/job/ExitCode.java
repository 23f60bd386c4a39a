package io.sparkrnn.job;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.error.DivergenceException;
import io.sparkrnn.reader.DataFailure;
import java.util.Optional;

/**
 * How a job ends: the codes of {@code sysexits.h} where one fits, none of them used by Spark
 * itself.
 */
enum ExitCode {
  /** All that was asked is done. */
  SUCCESS(0),
  /** A failure nobody foresaw; its stack trace is in the log. */
  UNEXPECTED(1),
  /** The command line is wrong. */
  USAGE(64),
  /** The data are wrong. */
  DATA(65),
  /** Training left the finite numbers. */
  DIVERGENCE(70),
  /** Spark was stopped from outside; the same command may do next time. */
  STOPPED(75),
  /** The job file is wrong. */
  CONFIGURATION(78);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** The code of a failure that {@link #mendable} found, or {@link #UNEXPECTED}. */
  static ExitCode of(Throwable failure) {
    if (failure instanceof ConfigurationException) {
      return CONFIGURATION;
    }
    if (failure instanceof DataException) {
      return DATA;
    }
    if (failure instanceof StoppedException) {
      return STOPPED;
    }
    return failure instanceof DivergenceException ? DIVERGENCE : UNEXPECTED;
  }

  /**
   * The failure a user can mend, if there is one among the causes: Spark wraps what a task throws,
   * and has words of its own for files that it cannot read.
   */
  static Optional<Throwable> mendable(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && of(cause) == UNEXPECTED) {
      cause = cause.getCause();
    }
    return Optional.ofNullable(cause).or(() -> DataFailure.in(failure));
  }
}
