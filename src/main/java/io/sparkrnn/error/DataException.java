package io.sparkrnn.error;

/**
 * The data cannot be used as they are. The message names the place (file, row, column), what was
 * expected, what was found, and the remedy. A job ends with exit code 65.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Takes one clear sentence: where, expected, found, remedy. */
  public DataException(String message) {
    super(message);
  }

  /** Takes one clear sentence and the cause behind it. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
