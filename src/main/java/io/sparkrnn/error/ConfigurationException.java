package io.sparkrnn.error;

/**
 * A setting cannot be used: unknown, of the wrong type, out of range, or impossible beside another.
 * The message names the setting, what was expected, what was found, and the remedy. A job ends with
 * exit code 78.
 */
public final class ConfigurationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Takes one clear sentence: which setting, expected, found, remedy. */
  public ConfigurationException(String message) {
    super(message);
  }

  /** Takes one clear sentence and the cause behind it. */
  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
