package io.sparkrnn.statistics;

import io.sparkrnn.error.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ordinary least squares out of the triangular factor of [X, Y]: regressors first, then one or more
 * targets. Since columns keep their order, one factor answers for every leading group of regressors
 * (order selection) and every target (direct forecasts of several horizons) without a second pass.
 */
public final class LeastSquares {

  /**
   * Condition of X, its columns scaled to length 1, beyond which coefficients keep fewer than about
   * four digits.
   */
  public static final double CONDITION_LIMIT = 1e12;

  /** Share of the largest component from which a regressor takes part in a collinearity. */
  private static final double PART = 0.05;

  private LeastSquares() {}

  /**
   * Fits one target.
   *
   * @param factor of [X, Y]
   * @param names of the regressors to use: the first columns of X
   * @param target column of the target in [X, Y]; after all regressors that are used
   * @throws DataException if there are fewer rows than coefficients, or the regressors are
   *     collinear
   */
  public static LinearFit fit(TriangularFactor factor, List<String> names, int target) {
    return fitAll(factor, names, target).get(0);
  }

  /**
   * Fits several targets on the same regressors, whose inverse is found once.
   *
   * @param factor of [X, Y]
   * @param names of the regressors to use: the first columns of X
   * @param targets columns of the targets in [X, Y]; after all regressors that are used
   * @return a fit a target
   * @throws DataException as {@link #fit}
   */
  public static List<LinearFit> fitAll(
      TriangularFactor factor, List<String> names, int... targets) {
    int m = names.size();
    for (int target : targets) {
      if (target < m || target >= factor.columns()) {
        throw new IllegalArgumentException(
            "expected a target in columns %d to %d, found %d"
                .formatted(m, factor.columns() - 1, target));
      }
    }
    if (factor.rows() <= m) {
      throw new DataException(
          "least squares: expected more rows than the %d coefficients %s, found %d; use fewer regressors or more data"
              .formatted(m, names, factor.rows()));
    }
    double[] r = factor.upper();
    int ld = factor.columns();
    double condition = condition(r, ld, names);
    double[] inverse = Lapack.inverseOfUpper(m, r, ld);
    List<LinearFit> fits = new ArrayList<>();
    for (int target : targets) {
      double[] coefficients = Arrays.copyOfRange(r, target * ld, target * ld + m);
      Lapack.solveUpper(m, r, ld, coefficients);
      fits.add(
          new LinearFit(
              List.copyOf(names),
              coefficients,
              inverse,
              residualSumOfSquares(r, ld, m, target),
              factor.rows(),
              condition));
    }
    return fits;
  }

  /** Residual sum of squares of the first m regressors, without solving for their coefficients. */
  public static double residualSumOfSquares(TriangularFactor factor, int m, int target) {
    return residualSumOfSquares(factor.upper(), factor.columns(), m, target);
  }

  private static double residualSumOfSquares(double[] r, int ld, int m, int target) {
    double sum = 0;
    for (int i = m; i <= target; i++) {
      sum += r[target * ld + i] * r[target * ld + i];
    }
    return sum;
  }

  private static double condition(double[] r, int ld, List<String> names) {
    int m = names.size();
    if (m == 0) {
      return 1;
    }
    double[] scaled = new double[m * m];
    for (int j = 0; j < m; j++) {
      double length = 0;
      for (int i = 0; i <= j; i++) {
        length = Math.hypot(length, r[j * ld + i]);
      }
      if (length == 0) {
        throw new DataException(
            "least squares: regressor %s is zero in every row; leave it out"
                .formatted(names.get(j)));
      }
      for (int i = 0; i <= j; i++) {
        scaled[j * m + i] = r[j * ld + i] / length;
      }
    }
    double[] values = Lapack.singularValues(m, scaled);
    double condition = values[m - 1] == 0 ? Double.POSITIVE_INFINITY : values[0] / values[m - 1];
    if (condition > CONDITION_LIMIT) {
      throw new DataException(
          "least squares: %s are collinear (condition %.1e, at most %.0e can be solved); leave one of them out"
              .formatted(collinear(values, names), condition, CONDITION_LIMIT));
    }
    return condition;
  }

  private static String collinear(double[] values, List<String> names) {
    int m = names.size();
    double largest = 0;
    for (int j = 0; j < m; j++) {
      largest = Math.max(largest, Math.abs(values[m + j]));
    }
    List<String> part = new ArrayList<>();
    for (int j = 0; j < m; j++) {
      if (Math.abs(values[m + j]) >= PART * largest) {
        part.add(names.get(j));
      }
    }
    return String.join(", ", part);
  }
}
