package io.sparkrnn.error;

/**
 * Training left the finite numbers. The message names the epoch, the round and the shards, and what
 * to change. A job ends with exit code 70.
 */
public final class DivergenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Takes one clear sentence: when, where, remedy. */
  public DivergenceException(String message) {
    super(message);
  }
}
