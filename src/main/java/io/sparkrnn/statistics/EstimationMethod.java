package io.sparkrnn.statistics;

import io.sparkrnn.error.ConfigurationException;
import java.util.Arrays;
import java.util.List;

/** How the coefficients of an autoregression are estimated. */
public enum EstimationMethod {
  /**
   * Conditional least squares, as R's {@code ar.ols}, Stata's {@code regress}, statsmodels'
   * AutoReg.
   */
  LEAST_SQUARES("least-squares"),
  /** Yule–Walker equations, as R's {@code ar.yw}; always stationary. */
  YULE_WALKER("yule-walker"),
  /** Burg's recursion, as R's {@code ar.burg}; always stationary. */
  BURG("burg"),
  /** Exact maximum likelihood, as R's {@code ar.mle}; always stationary. */
  MAXIMUM_LIKELIHOOD("mle");

  private final String text;

  EstimationMethod(String text) {
    this.text = text;
  }

  /** Name in settings. */
  public String text() {
    return text;
  }

  /** All names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(EstimationMethod::text).toList();
  }

  /** The method of a name. */
  public static EstimationMethod of(String name) {
    return Arrays.stream(values())
        .filter(method -> method.text.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "method of estimation: expected one of %s, found %s".formatted(names(), name)));
  }
}
