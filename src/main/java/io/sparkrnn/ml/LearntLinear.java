package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.spark.HadoopStorage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A linear model with its standard errors: {@code coefficients.csv} of a model folder, a row a
 * coefficient. Equations of more than one step ahead have {@code stepH.} before their terms, and
 * {@code sigma} stands for the standard deviation of an equation's errors.
 *
 * @param series what the first column of the file says
 * @param terms names of the regressors
 * @param coefficients equation → a number a term
 * @param standardErrors equation → a number a term
 * @param variances equation → variance of its errors, per degree of freedom
 */
@SuppressWarnings("ArrayRecordComponent") // compact carriers
record LearntLinear(
    String series,
    ArrayList<String> terms,
    double[][] coefficients,
    double[][] standardErrors,
    double[] variances)
    implements Learnt {

  /** File of the coefficients. */
  static final String COEFFICIENTS = "coefficients.csv";

  private static final String HEADER = "series,term,coefficient,standardError";
  private static final String SIGMA = "sigma";

  /** An equation's value. */
  double value(int equation, double[] row) {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += coefficients[equation][i] * row[i];
    }
    return sum;
  }

  @Override
  public Forecaster forecaster(ForecastEncoding encoding, String backend) {
    return new LinearForecaster(encoding, this);
  }

  @Override
  public String summary() {
    return "linear model of %d terms by least squares, %d %s"
        .formatted(
            terms.size(), coefficients.length, coefficients.length == 1 ? "output" : "outputs");
  }

  @Override
  public void write(HadoopStorage folder) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    for (int e = 0; e < coefficients.length; e++) {
      String prefix = prefix(e);
      for (int i = 0; i < terms.size(); i++) {
        line(text, prefix + terms.get(i), coefficients[e][i], standardErrors[e][i]);
      }
      line(text, prefix + SIGMA, Math.sqrt(variances[e]), Double.NaN);
    }
    folder.writeText(COEFFICIENTS, text.toString());
  }

  private static String prefix(int equation) {
    return equation == 0 ? "" : "step" + (equation + 1) + ".";
  }

  private void line(StringBuilder text, String term, double value, double error) {
    text.append(series).append(',').append(term).append(',').append(value).append(',');
    text.append(Double.isNaN(error) ? "" : Double.toString(error)).append('\n');
  }

  /** Reads what {@link #write} wrote. */
  static LearntLinear read(HadoopStorage folder, List<String> terms, int equations) {
    Map<String, String[]> rows = new LinkedHashMap<>();
    folder
        .readText(COEFFICIENTS)
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .forEach(fields -> rows.put(fields.length == 4 ? fields[1] : "", fields));
    double[][] coefficients = new double[equations][terms.size()];
    double[][] errors = new double[equations][terms.size()];
    double[] variances = new double[equations];
    String series = "";
    for (int e = 0; e < equations; e++) {
      for (int i = 0; i < terms.size(); i++) {
        String[] fields = require(folder, rows, prefix(e) + terms.get(i));
        series = fields[0];
        coefficients[e][i] = Double.parseDouble(fields[2]);
        errors[e][i] = Double.parseDouble(fields[3]);
      }
      double sigma = Double.parseDouble(require(folder, rows, prefix(e) + SIGMA)[2]);
      variances[e] = sigma * sigma;
    }
    return new LearntLinear(series, new ArrayList<>(terms), coefficients, errors, variances);
  }

  private static String[] require(HadoopStorage folder, Map<String, String[]> rows, String term) {
    String[] fields = rows.get(term);
    if (fields == null) {
      throw new DataException(
          "%s of %s: expected a row of term %s, found none"
              .formatted(COEFFICIENTS, folder.location(), term));
    }
    return fields;
  }
}
