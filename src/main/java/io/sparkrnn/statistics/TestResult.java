package io.sparkrnn.statistics;

import java.io.Serializable;

/**
 * Outcome of a test of a hypothesis.
 *
 * @param statistic its value
 * @param degreesOfFreedom of the χ² distribution that it has if the hypothesis is true
 * @param pValue probability of as large a value or a larger one if the hypothesis is true
 */
public record TestResult(double statistic, int degreesOfFreedom, double pValue)
    implements Serializable {}
