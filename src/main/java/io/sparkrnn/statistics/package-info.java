/**
 * Statistics in closed form, in double precision: least squares from sums that merge, linear
 * autoregression AR(K) by least squares, Yule–Walker and Burg with what statisticians expect of it,
 * autocorrelations, tests of residuals.
 *
 * <p>Matrices are factorised by LAPACK in Java (netlib, which Spark ships), never by a native
 * library that a machine may or may not have: the same bytes everywhere. Distributions are those of
 * commons-math3, which Spark ships too. Letters: n observations, K lags, y the series, φ the
 * coefficients, c the intercept, μ the mean, σ² the variance of the innovations e:
 *
 * <pre>
 * y_t = c + φ_1 y_{t−1} + … + φ_K y_{t−K} + e_t,    c = μ (1 − φ_1 − … − φ_K)
 * </pre>
 */
package io.sparkrnn.statistics;
