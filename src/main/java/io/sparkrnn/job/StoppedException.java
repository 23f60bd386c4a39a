package io.sparkrnn.job;

/** Spark was stopped from outside while a job ran: by a signal, or by the cluster. */
final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoppedException(Throwable failure) {
    super("Spark was stopped before the job was done; nothing was written", failure);
  }
}
