package io.sparkrnn.statistics;

import java.io.Serializable;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * One estimated coefficient and the test that it is zero.
 *
 * @param name {@code intercept}, {@code lag1}, …
 * @param value the estimate
 * @param standardError of the estimate
 * @param statistic value over standard error
 * @param pValue two-sided
 */
public record Term(String name, double value, double standardError, double statistic, double pValue)
    implements Serializable {

  /** Name of the intercept. */
  public static final String INTERCEPT = "intercept";

  /** Name of the coefficient of y_{t−k}. */
  public static String lag(int k) {
    return "lag" + k;
  }

  /** Tested by Student's t distribution. */
  public static Term student(String name, double value, double standardError, double freedom) {
    double t = value / standardError;
    double p = 2 * new TDistribution(null, freedom).cumulativeProbability(-Math.abs(t));
    return new Term(name, value, standardError, t, p);
  }

  /** Tested by the normal distribution, as is right for many observations. */
  public static Term normal(String name, double value, double standardError) {
    double z = value / standardError;
    double p = 2 * new NormalDistribution(null, 0, 1).cumulativeProbability(-Math.abs(z));
    return new Term(name, value, standardError, z, p);
  }
}
