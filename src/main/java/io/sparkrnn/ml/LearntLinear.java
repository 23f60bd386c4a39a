package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.spark.HadoopStorage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A linear model with its standard errors: {@code coefficients.csv} of a model folder, a row a
 * coefficient. Equations of more than one step ahead have {@code stepH.} before their terms.
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

  /** File of the coefficients that the training part gave, where others are used ahead. */
  static final String OF_TRAINING = "coefficients-training.csv";

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
    write(folder, COEFFICIENTS);
  }

  void write(HadoopStorage folder, String file) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    for (int e = 0; e < coefficients.length; e++) {
      String prefix = prefix(e);
      for (int i = 0; i < terms.size(); i++) {
        line(text, prefix + terms.get(i), coefficients[e][i], standardErrors[e][i]);
      }
    }
    folder.writeText(file, text.toString());
  }

  private static String prefix(int equation) {
    return equation == 0 ? "" : "step" + (equation + 1) + ".";
  }

  private void line(StringBuilder text, String term, double value, double error) {
    text.append(series).append(',').append(term).append(',').append(value).append(',');
    text.append(error).append('\n');
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param variances equation → variance of its errors
   */
  static LearntLinear read(
      HadoopStorage folder, String file, List<String> terms, double[] variances) {
    int equations = variances.length;
    Map<String, String[]> rows = new LinkedHashMap<>();
    folder
        .readText(file)
        .lines()
        .skip(1)
        .map(LearntLinear::fields)
        .forEach(fields -> rows.put(fields[1], fields));
    double[][] coefficients = new double[equations][terms.size()];
    double[][] errors = new double[equations][terms.size()];
    String series = "";
    for (int e = 0; e < equations; e++) {
      for (int i = 0; i < terms.size(); i++) {
        String[] fields = require(folder, rows, prefix(e) + terms.get(i));
        series = fields[0];
        coefficients[e][i] = Double.parseDouble(fields[2]);
        errors[e][i] = Double.parseDouble(fields[3]);
      }
    }
    return new LearntLinear(series, new ArrayList<>(terms), coefficients, errors, variances);
  }

  /** Only the name of the series may hold a comma. */
  private static String[] fields(String line) {
    String[] all = line.split(",", -1);
    int count = Math.max(4, all.length);
    String[] fields = Arrays.copyOfRange(Arrays.copyOf(all, count), count - 4, count);
    fields[0] = String.join(",", Arrays.copyOf(all, Math.max(1, all.length - 3)));
    return fields;
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
