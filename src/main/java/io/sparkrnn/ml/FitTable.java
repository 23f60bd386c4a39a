package io.sparkrnn.ml;

import io.sparkrnn.statistics.AutoregressiveModel;
import io.sparkrnn.statistics.Likelihood;
import io.sparkrnn.statistics.Term;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Autoregressions as rows, one a model: {@code series}, {@code observations}, {@code order}, {@code
 * intercept} (0 without one), {@code coefficients} of the lags, {@code interceptError} (null
 * without one), {@code standardErrors} of the lags, {@code variance} σ² of the innovations, {@code
 * degreesOfFreedom}, {@code residualSumOfSquares}, {@code stationary}, and the likelihood with its
 * criteria.
 */
final class FitTable {
  static final String SERIES = "series";
  static final String INTERCEPT = "intercept";
  static final String COEFFICIENTS = "coefficients";
  static final String INTERCEPT_ERROR = "interceptError";
  static final String STANDARD_ERRORS = "standardErrors";
  static final String VARIANCE = "variance";

  /** Columns. */
  static final StructType SCHEMA =
      new StructType()
          .add(SERIES, DataTypes.StringType, false)
          .add("observations", DataTypes.LongType, false)
          .add("order", DataTypes.IntegerType, false)
          .add(INTERCEPT, DataTypes.DoubleType, false)
          .add(COEFFICIENTS, DataTypes.createArrayType(DataTypes.DoubleType, false), false)
          .add(INTERCEPT_ERROR, DataTypes.DoubleType, true)
          .add(STANDARD_ERRORS, DataTypes.createArrayType(DataTypes.DoubleType, false), false)
          .add(VARIANCE, DataTypes.DoubleType, false)
          .add("degreesOfFreedom", DataTypes.LongType, false)
          .add("residualSumOfSquares", DataTypes.DoubleType, false)
          .add("stationary", DataTypes.BooleanType, false)
          .add("logLikelihood", DataTypes.DoubleType, false)
          .add("aic", DataTypes.DoubleType, false)
          .add("aicc", DataTypes.DoubleType, false)
          .add("bic", DataTypes.DoubleType, false)
          .add("hqic", DataTypes.DoubleType, false)
          .add("fpe", DataTypes.DoubleType, false);

  private FitTable() {}

  /**
   * The row of a fit.
   *
   * @param rows values with enough before them, of all series
   */
  static Row row(SeriesFit fit, long rows) {
    AutoregressiveModel model = fit.model();
    int coefficients = model.order() + (fit.hasIntercept() ? 1 : 0);
    Likelihood likelihood =
        Likelihood.conditional(fit.residualSumOfSquares(), rows, coefficients + 1);
    return RowFactory.create(
        fit.series(),
        fit.observations(),
        model.order(),
        model.intercept(),
        model.coefficients(),
        fit.hasIntercept() ? fit.interceptError() : null,
        fit.errors(),
        model.variance(),
        rows - coefficients,
        fit.residualSumOfSquares(),
        model.stationary(),
        likelihood.logLikelihood(),
        likelihood.aic(),
        likelihood.aicc(),
        likelihood.bic(),
        likelihood.hqic(),
        likelihood.fpe());
  }

  /** The row of the fit of one series. */
  static Row row(SeriesFit fit) {
    return row(fit, fit.observations() - fit.model().order());
  }

  /** The model of a row with at least intercept, coefficients and variance. */
  static AutoregressiveModel model(Row row) {
    return new AutoregressiveModel(
        row.<Double>getAs(INTERCEPT),
        doubles(row.getAs(COEFFICIENTS)),
        row.<Double>getAs(VARIANCE));
  }

  /** The lines of {@code coefficients.csv} of a row. */
  static List<CoefficientsFile.Line> lines(Row row) {
    String series = row.getAs(SERIES);
    List<CoefficientsFile.Line> lines = new ArrayList<>();
    Double error = row.getAs(INTERCEPT_ERROR);
    if (error != null) {
      lines.add(
          new CoefficientsFile.Line(series, Term.INTERCEPT, row.<Double>getAs(INTERCEPT), error));
    }
    double[] coefficients = doubles(row.getAs(COEFFICIENTS));
    double[] errors = doubles(row.getAs(STANDARD_ERRORS));
    for (int k = 1; k <= coefficients.length; k++) {
      lines.add(new CoefficientsFile.Line(series, Term.lag(k), coefficients[k - 1], errors[k - 1]));
    }
    return lines;
  }

  /** Numbers of an array column. */
  static double[] doubles(scala.collection.Seq<Double> values) {
    double[] numbers = new double[values.size()];
    int i = 0;
    for (double value : CollectionConverters.asJava(values)) {
      numbers[i++] = value;
    }
    return numbers;
  }
}
