package io.sparkrnn.statistics;

import io.sparkrnn.error.DataException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All that least squares needs to know of any number of series to fit AR(0) … AR(K) to all of them
 * together: gathered in one pass, merged from anywhere. The rows (1, y_{t−1}, …, y_{t−K}, y_t) are
 * kept as a {@link TriangularFactor}; the first K values of a series, which lower orders use too,
 * in one small factor for every number of values before them. So every order is fitted to all rows
 * it can use, as R's {@code ar.ols} does, or to the rows that all orders share.
 *
 * <p>With an intercept a constant, the origin, is subtracted from all values beforehand and put
 * back into the intercept: it changes nothing but the precision, which is best with an origin near
 * the mean.
 */
public final class AutoregressiveSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int order;
  private final boolean intercept;
  private final double origin;
  private final TriangularFactor whole;
  private final List<TriangularFactor> edges;
  private long series;
  private long observations;

  /**
   * Nothing seen yet.
   *
   * @param order K, the highest that will be fitted
   * @param intercept whether c is estimated
   * @param origin subtracted from all values; 0 without an intercept
   */
  public AutoregressiveSums(int order, boolean intercept, double origin) {
    if (order < 0 || !Double.isFinite(origin) || (!intercept && origin != 0)) {
      throw new IllegalArgumentException(
          "expected an order of at least 0 and a finite origin, 0 without an intercept; found %d and %s"
              .formatted(order, origin));
    }
    this.order = order;
    this.intercept = intercept;
    this.origin = origin;
    this.whole = new TriangularFactor(constants() + order + 1);
    this.edges =
        new ArrayList<>(
            IntStream.range(0, order)
                .mapToObj(lags -> new TriangularFactor(constants() + lags + 1))
                .toList());
  }

  /** Nothing seen, of the same kind. */
  public AutoregressiveSums empty() {
    return new AutoregressiveSums(order, intercept, origin);
  }

  /** K. */
  public int order() {
    return order;
  }

  /** Series seen. */
  public long series() {
    return series;
  }

  /** Values seen. */
  public long observations() {
    return observations;
  }

  /**
   * Adds one whole series.
   *
   * @param values of it, oldest first
   * @throws DataException if one is not finite
   */
  public void addSeries(double[] values) {
    for (int t = 0; t < values.length; t++) {
      addRow(values, t, Math.min(t, order));
    }
    count(values.length);
  }

  /** Adds all that the other one has seen. */
  public void add(AutoregressiveSums other) {
    if (other.order != order || other.intercept != intercept || other.origin != origin) {
      throw new IllegalArgumentException("only sums of the same order and origin can be merged");
    }
    whole.add(other.whole);
    for (int lags = 0; lags < order; lags++) {
      edges.get(lags).add(other.edges.get(lags));
    }
    series += other.series;
    observations += other.observations;
  }

  /** Adds the row of values[t] with that many values before it. */
  void addRow(double[] values, int t, int lags) {
    double[] row = new double[constants() + lags + 1];
    if (intercept) {
      row[0] = 1;
    }
    for (int k = 1; k <= lags; k++) {
      row[constants() + k - 1] = values[t - k] - origin;
    }
    row[row.length - 1] = values[t] - origin;
    (lags == order ? whole : edges.get(lags)).add(row);
  }

  /** Counts a series whose rows have been added. */
  void count(long length) {
    series++;
    observations += length;
  }

  /** Adds the rows of another one that have all K lags. */
  void addWhole(AutoregressiveSums other) {
    whole.add(other.whole);
  }

  /**
   * Innovation variances of the orders 0 … K, each from all rows that it can use: the first one
   * after the m-th value of each series. So R's {@code ar.ols} compares orders.
   */
  public OrderSelection ownSamples() {
    double[] variances = new double[order + 1];
    for (int m = 0; m <= order; m++) {
      TriangularFactor factor = factor(m);
      variances[m] =
          LeastSquares.residualSumOfSquares(factor, constants() + m, constants() + m)
              / factor.rows();
    }
    return new OrderSelection(observations, intercept, variances);
  }

  /**
   * Innovation variances of the orders 0 … K, all from the rows that AR(K) can use. So econometric
   * programs compare orders (Lütkepohl 2005).
   */
  public OrderSelection commonSample() {
    double[] variances = new double[order + 1];
    for (int m = 0; m <= order; m++) {
      variances[m] =
          LeastSquares.residualSumOfSquares(whole, constants() + m, constants() + order)
              / whole.rows();
    }
    return new OrderSelection(whole.rows(), intercept, variances);
  }

  /**
   * AR(m) from all rows that it can use.
   *
   * @param m at most K
   * @throws DataException if there are too few rows, or they determine no coefficients
   */
  public AutoregressiveFit fit(int m) {
    List<String> names = AutoregressiveFit.names(intercept, m);
    LinearFit fit = LeastSquares.fit(factor(m), names, constants() + m);
    double[] lags = new double[m];
    System.arraycopy(fit.coefficients(), constants(), lags, 0, m);
    double constant = intercept ? fit.coefficients()[0] : 0;
    AutoregressiveModel shift = AutoregressiveModel.ofMean(origin, lags, 0);
    AutoregressiveModel model =
        new AutoregressiveModel(constant + shift.intercept(), lags, fit.variance());
    double[] errors = fit.standardErrors();
    if (intercept) {
      errors[0] = fit.standardError(interceptWeights(m));
    }
    List<Term> terms = new ArrayList<>();
    for (int j = 0; j < names.size(); j++) {
      double value = intercept && j == 0 ? model.intercept() : lags[j - constants()];
      terms.add(Term.student(names.get(j), value, errors[j], fit.degreesOfFreedom()));
    }
    return new AutoregressiveFit(
        EstimationMethod.LEAST_SQUARES,
        model,
        List.copyOf(terms),
        observations,
        fit.degreesOfFreedom(),
        fit.residualSumOfSquares(),
        Likelihood.conditional(fit.residualSumOfSquares(), fit.rows(), names.size() + 1));
  }

  /** c is the constant about the origin, and the origin times 1 − Σφ. */
  private double[] interceptWeights(int m) {
    double[] weights = new double[m + 1];
    Arrays.fill(weights, -origin);
    weights[0] = 1;
    return weights;
  }

  /** The factor of [1, lags 1 … m, y] over all rows with m values before them. */
  private TriangularFactor factor(int m) {
    if (m < 0 || m > order) {
      throw new IllegalArgumentException(
          "expected an order of 0 to %d, found %d".formatted(order, m));
    }
    if (m == order) {
      return whole;
    }
    TriangularFactor factor = new TriangularFactor(constants() + m + 1);
    factor.addColumns(whole, columns(m, order));
    for (int lags = m; lags < order; lags++) {
      factor.addColumns(edges.get(lags), columns(m, lags));
    }
    return factor;
  }

  /** Columns of [1, lags 1 … m, y] among [1, lags 1 … all, y]. */
  private int[] columns(int m, int all) {
    int[] columns = IntStream.rangeClosed(0, constants() + m).toArray();
    columns[constants() + m] = constants() + all;
    return columns;
  }

  private int constants() {
    return intercept ? 1 : 0;
  }
}
