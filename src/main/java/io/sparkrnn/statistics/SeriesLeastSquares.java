package io.sparkrnn.statistics;

import io.sparkrnn.error.DataException;
import java.util.Arrays;
import java.util.Optional;
import org.netlib.util.intW;

/**
 * AR(K) by least squares for one short series after another, in one set of arrays: made for
 * millions of them. The results are those of {@link AutoregressiveSums}, by another way: the normal
 * equations about the series' mean follow from K + 1 autocovariance sums,
 *
 * <pre>
 * G_ij = Σ_t z_{t−i} z_{t−j},   G_{i+1,j+1} = G_ij + z_{m−1−i} z_{m−1−j} − z_{n−1−i} z_{n−1−j},
 * </pre>
 *
 * and LAPACK's Cholesky factor of [lags, y] holds coefficients and residual sum of squares. Where
 * that would cost digits (a condition above 1e5, or residuals below 1e-6 of the series' variance)
 * the series is handed to {@link AutoregressiveSums}. Not for several threads.
 */
public final class SeriesLeastSquares {

  /** Bound of the condition of the normal equations up to which they keep about ten digits. */
  private static final double CONDITION = 1e5;

  /** Share of the variance that residuals must keep for their sum to keep about ten digits. */
  private static final double RESIDUAL = 1e-6;

  private final int highest;
  private final boolean intercept;
  private final Optional<Criterion> criterion;
  private final double[] sums;
  private final double[] shifted;
  private final double[] variances;
  private final double[] coefficients;
  private final double[] errors;
  private final intW info = new intW(0);
  private final double[] gram;
  private final double[] inverse;
  private double[] centred = {};
  private double origin;
  private int observations;
  private int order;
  private double constant;
  private double constantError;
  private double residualSumOfSquares;

  /**
   * Makes the arrays.
   *
   * @param highest K
   * @param intercept whether c is estimated
   * @param criterion to choose an order of 0 … K by, as R's {@code ar.ols}; empty for K itself
   */
  public SeriesLeastSquares(int highest, boolean intercept, Optional<Criterion> criterion) {
    this.highest = highest;
    this.intercept = intercept;
    this.criterion = criterion;
    this.sums = new double[highest + 1];
    this.shifted = new double[highest + 1];
    this.variances = new double[highest + 1];
    this.coefficients = new double[highest];
    this.errors = new double[highest];
    this.gram = new double[(highest + 1) * (highest + 1)];
    this.inverse = new double[(highest + 1) * (highest + 1)];
  }

  /**
   * Fits the first values of an array; the results are there until the next call.
   *
   * @param values at least {@code length}, oldest first
   * @param length n
   * @throws DataException if they are too few, do not vary, are not finite or collinear
   */
  public void fit(double[] values, int length) {
    observations = length;
    int parameters = highest + (intercept ? 1 : 0);
    if (length - highest <= parameters) {
      throw new DataException(
          "AR(%d) by least squares: expected more than %d values, found %d; lower the order or leave the series out"
              .formatted(highest, highest + parameters, length));
    }
    centre(values);
    autocovarianceSums();
    boolean exact = criterion.isEmpty() || compareOrders();
    order = criterion.isPresent() && exact ? best() : highest;
    if (!exact || !solve()) {
      fitSlowly(values);
    }
  }

  private void centre(double[] values) {
    if (centred.length < observations) {
      centred = new double[observations];
    }
    origin = intercept ? mean(values) : 0;
    double squares = 0;
    for (int t = 0; t < observations; t++) {
      double z = values[t] - origin;
      centred[t] = z;
      squares += z * z;
    }
    if (!(squares < Double.POSITIVE_INFINITY)) {
      throw new DataException(
          "AR(%d) by least squares: expected finite values, found %s"
              .formatted(highest, firstNotFinite(values)));
    }
  }

  private double mean(double[] values) {
    double sum = 0;
    for (int t = 0; t < observations; t++) {
      sum += values[t];
    }
    return sum / observations;
  }

  private String firstNotFinite(double[] values) {
    for (int t = 0; t < observations; t++) {
      if (!Double.isFinite(values[t])) {
        return values[t] + " at place " + (t + 1) + " of " + observations;
      }
    }
    return "values too large to be squared";
  }

  /** Σ z_t z_{t−j} for j = 0 … K; four partial sums each, so that additions need not wait. */
  private void autocovarianceSums() {
    for (int j = 0; j <= highest; j++) {
      double a = 0;
      double b = 0;
      double c = 0;
      double d = 0;
      int t = j;
      for (; t + 3 < observations; t += 4) {
        a += centred[t] * centred[t - j];
        b += centred[t + 1] * centred[t + 1 - j];
        c += centred[t + 2] * centred[t + 2 - j];
        d += centred[t + 3] * centred[t + 3 - j];
      }
      for (; t < observations; t++) {
        a += centred[t] * centred[t - j];
      }
      sums[j] = (a + b) + (c + d);
    }
  }

  /** The variances of all orders, each from all rows that it can use; whether all are exact. */
  private boolean compareOrders() {
    for (int m = 0; m <= highest; m++) {
      if (!factorise(m)) {
        return false;
      }
      double last = gram[m * (m + 1) + m];
      variances[m] = last * last / (observations - m);
    }
    return true;
  }

  private int best() {
    return new OrderSelection(observations, intercept, variances).best(criterion.orElseThrow());
  }

  /**
   * Cholesky factor of the normal equations of order m about the means of their rows.
   *
   * @return whether its residual sum of squares is exact enough
   */
  private boolean factorise(int m) {
    int size = m + 1;
    int rows = observations - m;
    double total = 0;
    for (int t = m; t < observations; t++) {
      total += centred[t];
    }
    for (int i = 0; i <= m; i++) {
      shifted[i] = total;
      total += i < m ? centred[m - 1 - i] - centred[observations - 1 - i] : 0;
    }
    for (int j = 0; j <= m; j++) {
      double g = sums[j];
      for (int t = j; t < m; t++) {
        g -= centred[t] * centred[t - j];
      }
      for (int i = 0; i + j <= m; i++) {
        double product = intercept ? shifted[i] * shifted[i + j] / rows : 0;
        put(size, i, i + j, g - product);
        if (i + j < m) {
          g +=
              centred[m - 1 - i] * centred[m - 1 - i - j]
                  - centred[observations - 1 - i] * centred[observations - 1 - i - j];
        }
      }
    }
    double variance = gram[m * size + m];
    double left = Lapack.cholesky(size, gram, size, info) ? gram[m * size + m] : 0;
    return left * left > RESIDUAL * variance;
  }

  /** Lag i and lag j: column 0 … m − 1 for lag 1 … m, the last one for lag 0, which is y. */
  private void put(int size, int i, int j, double value) {
    int first = i == 0 ? size - 1 : i - 1;
    int second = j == 0 ? size - 1 : j - 1;
    gram[Math.max(first, second) * size + Math.min(first, second)] = value;
  }

  /** Coefficients and their errors; whether they are exact enough. */
  private boolean solve() {
    int m = order;
    int size = m + 1;
    if (!factorise(m)) {
      return false;
    }
    int rows = observations - m;
    residualSumOfSquares = gram[m * size + m] * gram[m * size + m];
    double unbiased = residualSumOfSquares / (rows - m - (intercept ? 1 : 0));
    if (m > 0) {
      Lapack.inverseOfUpper(m, gram, size, inverse);
    }
    double inflation = 0;
    for (int i = 0; i < m; i++) {
      double phi = 0;
      double diagonal = 0;
      double square = 0;
      for (int j = i; j < m; j++) {
        phi += inverse[j * m + i] * gram[m * size + j];
        diagonal += inverse[j * m + i] * inverse[j * m + i];
      }
      for (int j = 0; j <= i; j++) {
        square += gram[i * size + j] * gram[i * size + j];
      }
      coefficients[i] = phi;
      errors[i] = Math.sqrt(unbiased * diagonal);
      inflation += diagonal * square;
    }
    constants(rows, unbiased);
    return m * inflation <= CONDITION;
  }

  /**
   * c is the mean of y less that of its prediction; x̄ R⁻¹ R⁻ᵀ x̄ is the means' part of its error.
   */
  private void constants(int rows, double unbiased) {
    if (!intercept) {
      return;
    }
    int m = order;
    constant = origin + shifted[0] / rows;
    double square = 0;
    for (int j = 0; j < m; j++) {
      double projected = 0;
      for (int i = 0; i <= j; i++) {
        projected += inverse[j * m + i] * (origin + shifted[i + 1] / rows);
      }
      square += projected * projected;
      constant -= coefficients[j] * (origin + shifted[j + 1] / rows);
    }
    constantError = Math.sqrt(unbiased * (1.0 / rows + square));
  }

  private void fitSlowly(double[] values) {
    double[] series = Arrays.copyOf(values, observations);
    if (sums[0] <= 1e-28 * observations * origin * origin) {
      throw new DataException(
          "AR(%d) by least squares: expected a series that varies, found %d times %s; leave it out"
              .formatted(highest, observations, values[0]));
    }
    AutoregressiveFit fit =
        criterion
            .map(
                by ->
                    Autoregression.choose(
                        EstimationMethod.LEAST_SQUARES, series, highest, intercept, by))
            .orElseGet(
                () ->
                    Autoregression.fit(EstimationMethod.LEAST_SQUARES, series, highest, intercept));
    order = fit.order();
    constant = fit.model().intercept();
    residualSumOfSquares = fit.residualSumOfSquares();
    int constants = intercept ? 1 : 0;
    constantError = intercept ? fit.terms().get(0).standardError() : 0;
    for (int k = 0; k < order; k++) {
      coefficients[k] = fit.model().coefficients()[k];
      errors[k] = fit.terms().get(k + constants).standardError();
    }
  }

  /** The order fitted. */
  public int order() {
    return order;
  }

  /** n. */
  public int observations() {
    return observations;
  }

  /** c; 0 without one. */
  public double intercept() {
    return intercept ? constant : 0;
  }

  /** Standard error of c. */
  public double interceptError() {
    return constantError;
  }

  /** φ_k, k from 1 to the order. */
  public double coefficient(int k) {
    return coefficients[k - 1];
  }

  /** Standard error of φ_k, k from 1 to the order. */
  public double standardError(int k) {
    return errors[k - 1];
  }

  /** Whether c is estimated. */
  public boolean hasIntercept() {
    return intercept;
  }

  /** Gaussian likelihood and criteria. */
  public Likelihood likelihood() {
    return Likelihood.conditional(
        residualSumOfSquares, observations - order, order + (intercept ? 2 : 1));
  }

  /** Σ e_t² over the n − order values that have enough before them. */
  public double residualSumOfSquares() {
    return residualSumOfSquares;
  }
}
