package io.sparkrnn.statistics;

import io.sparkrnn.error.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.exception.ConvergenceException;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresProblem;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.fitting.leastsquares.MultivariateJacobianFunction;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.util.FastMath;
import org.apache.commons.math3.util.Pair;

/**
 * AR(K) by exact Gaussian maximum likelihood, as R's {@code arima(method = "ML")} and {@code
 * ar.mle}; always stationary. The coefficients are those of K partial autocorrelations tanh θ_m
 * (Barndorff-Nielsen and Schou 1973), any θ of which is a stationary model. With the prediction
 * errors e_t and their relative variances f_t of {@link ExactLikelihood} the likelihood is largest
 * where
 *
 * <pre>
 * Σ_t (e_t / √f_t)² · (Π_t f_t)^(1/n)
 * </pre>
 *
 * is smallest, a problem of least squares that Levenberg's and Marquardt's method solves from
 * Burg's estimate. The mean is the one that makes the sum smallest for given coefficients, linear
 * generalised least squares. Standard errors are those of large samples, from the autocovariances
 * of the fitted model.
 */
public final class MaximumLikelihood {

  /** Beyond it a partial autocorrelation is 1 in double precision. */
  private static final double LARGEST = 16;

  private static final double STEP = 1e-6;
  private static final double COST_TOLERANCE = 1e-14;
  private static final double PARAMETER_TOLERANCE = 1e-11;
  private static final int ITERATIONS = 500;

  private final double[] series;
  private final int order;
  private final boolean intercept;

  private MaximumLikelihood(double[] series, int order, boolean intercept) {
    this.series = series;
    this.order = order;
    this.intercept = intercept;
  }

  /**
   * Estimates AR(K).
   *
   * @param series more than K + 1 finite values
   * @param order K
   * @param intercept whether the mean is estimated; else it is 0
   * @throws DataException if the series is too short or does not vary, or no maximum is found
   */
  public static AutoregressiveFit fit(double[] series, int order, boolean intercept) {
    double[] start = Burg.estimate(series, order, intercept).fit(order).model().coefficients();
    return new MaximumLikelihood(series, order, intercept).from(start);
  }

  /** Estimates AR(0) … AR(K), and takes the one that the criterion likes best. */
  public static AutoregressiveFit choose(
      double[] series, int highest, boolean intercept, Criterion by) {
    AutoregressiveFit[] fits = new AutoregressiveFit[highest + 1];
    double[] variances = new double[highest + 1];
    for (int m = 0; m <= highest; m++) {
      fits[m] = fit(series, m, intercept);
      // The σ² whose conditional likelihood over n values would be the exact one.
      double n = series.length;
      double perValue = -2 * fits[m].likelihood().logLikelihood() / n - 1;
      variances[m] = Math.exp(perValue) / (2 * Math.PI);
    }
    return fits[new OrderSelection(series.length, intercept, variances).best(by)];
  }

  private AutoregressiveFit from(double[] start) {
    double[] theta = angles(start);
    if (order > 0) {
      LeastSquaresProblem problem =
          new LeastSquaresBuilder()
              .start(theta)
              .model(jacobian())
              .target(new double[series.length])
              .lazyEvaluation(false)
              .maxEvaluations(ITERATIONS)
              .maxIterations(ITERATIONS)
              .build();
      try {
        theta =
            new LevenbergMarquardtOptimizer()
                .withCostRelativeTolerance(COST_TOLERANCE)
                .withParameterRelativeTolerance(PARAMETER_TOLERANCE)
                .optimize(problem)
                .getPoint()
                .toArray();
      } catch (TooManyEvaluationsException | ConvergenceException e) {
        throw new DataException(
            "autoregression: the likelihood of AR(%d) has no maximum that could be found in %d steps; choose a lower order, or burg"
                .formatted(order, ITERATIONS),
            e);
      }
    }
    return fitted(theta);
  }

  private AutoregressiveFit fitted(double[] theta) {
    double[] phi = coefficients(theta);
    double mean = new Errors(phi).mean;
    ExactLikelihood exact = ExactLikelihood.of(AutoregressiveModel.ofMean(mean, phi, 1), series);
    AutoregressiveModel model = AutoregressiveModel.ofMean(mean, phi, exact.variance());
    List<Term> terms = terms(model, theta, mean);
    int n = series.length;
    return new AutoregressiveFit(
        EstimationMethod.MAXIMUM_LIKELIHOOD,
        model,
        terms,
        n,
        n - order - terms.size(),
        model.conditionalSumOfSquares(series),
        new Likelihood(exact.logLikelihood(), terms.size() + 1, n, exact.variance()));
  }

  private List<Term> terms(AutoregressiveModel model, double[] theta, double mean) {
    double[] inverse = RecursiveEstimate.inverseCovariance(autocovariances(model, theta), order);
    double unit = model.variance() / series.length;
    List<Term> terms = new ArrayList<>();
    if (intercept) {
      double spread = 1 + mean * mean * Arrays.stream(inverse).sum();
      terms.add(Term.normal(Term.INTERCEPT, model.intercept(), Math.sqrt(unit * spread)));
    }
    for (int k = 1; k <= order; k++) {
      double error = Math.sqrt(unit * inverse[(k - 1) * order + k - 1]);
      terms.add(Term.normal(Term.lag(k), model.coefficients()[k - 1], error));
    }
    return List.copyOf(terms);
  }

  /** γ_0 … γ_K of the model, by the recursion of Levinson and Durbin read the other way. */
  private double[] autocovariances(AutoregressiveModel model, double[] theta) {
    double[] covariances = new double[order + 1];
    covariances[0] = model.variance();
    for (double angle : theta) {
      covariances[0] /= 1 - square(Math.tanh(angle));
    }
    double variance = covariances[0];
    double[] phi = {};
    for (int m = 1; m <= order; m++) {
      double reflection = Math.tanh(theta[m - 1]);
      covariances[m] = reflection * variance;
      for (int j = 1; j < m; j++) {
        covariances[m] += phi[j - 1] * covariances[m - j];
      }
      phi = LevinsonDurbin.extended(phi, reflection);
      variance *= 1 - reflection * reflection;
    }
    return covariances;
  }

  private static double square(double x) {
    return x * x;
  }

  private static double[] coefficients(double[] theta) {
    double[] phi = {};
    for (double angle : theta) {
      phi = LevinsonDurbin.extended(phi, Math.tanh(angle));
    }
    return phi;
  }

  private static double[] angles(double[] coefficients) {
    double[] theta = new double[coefficients.length];
    double[] phi = coefficients;
    for (int m = phi.length; m > 0; m--) {
      double angle = FastMath.atanh(phi[m - 1]);
      theta[m - 1] = Math.max(-LARGEST, Math.min(LARGEST, angle));
      phi = ExactLikelihood.steppedDown(phi);
    }
    return theta;
  }

  /** Errors at θ, and their slopes by central differences. */
  private MultivariateJacobianFunction jacobian() {
    return point -> {
      double[] theta = point.toArray();
      RealMatrix slopes = new Array2DRowRealMatrix(series.length, order);
      for (int k = 0; k < order; k++) {
        slopes.setColumn(k, slope(theta, k));
      }
      RealVector errors = new ArrayRealVector(new Errors(coefficients(theta)).scaled(), false);
      return new Pair<>(errors, slopes);
    };
  }

  private double[] slope(double[] theta, int k) {
    double[] above = theta.clone();
    double[] below = theta.clone();
    above[k] += STEP;
    below[k] -= STEP;
    double[] slope = new Errors(coefficients(above)).scaled();
    double[] lower = new Errors(coefficients(below)).scaled();
    for (int t = 0; t < slope.length; t++) {
      slope[t] = (slope[t] - lower[t]) / (2 * STEP);
    }
    return slope;
  }

  /** e_t / √f_t of the whole series about its best mean. */
  private final class Errors {
    private final double[] values = new double[series.length];
    private final double mean;
    private final double logarithms;

    Errors(double[] phi) {
      double[][] predictors = new double[order + 1][];
      double[] factors = new double[order + 1];
      predictors[order] = phi;
      factors[order] = 1;
      double sum = 0;
      for (int m = order; m > 0; m--) {
        factors[m - 1] = factors[m] / (1 - square(predictors[m][m - 1]));
        predictors[m - 1] = ExactLikelihood.steppedDown(predictors[m]);
        sum += Math.log(factors[m - 1]);
      }
      logarithms = sum;
      double[] ones = new double[values.length];
      double product = 0;
      double squares = 0;
      for (int t = 0; t < values.length; t++) {
        int m = Math.min(t, order);
        double scale = 1 / Math.sqrt(factors[m]);
        values[t] = scale * error(predictors[m], t);
        ones[t] = scale * (1 - Arrays.stream(predictors[m]).sum());
        product += values[t] * ones[t];
        squares += ones[t] * ones[t];
      }
      mean = intercept && squares > 0 ? product / squares : 0;
      for (int t = 0; t < values.length; t++) {
        values[t] -= mean * ones[t];
      }
    }

    private double error(double[] predictor, int t) {
      double error = series[t];
      for (int k = 1; k <= predictor.length; k++) {
        error -= predictor[k - 1] * series[t - k];
      }
      return error;
    }

    /** So that the likelihood is largest where the sum of their squares is smallest. */
    double[] scaled() {
      double factor = Math.exp(logarithms / (2.0 * values.length));
      double[] scaled = new double[values.length];
      for (int t = 0; t < scaled.length; t++) {
        scaled[t] = factor * values[t];
      }
      return scaled;
    }
  }
}
