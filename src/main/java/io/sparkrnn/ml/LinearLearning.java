package io.sparkrnn.ml;

import io.sparkrnn.reader.SeriesColumns;
import io.sparkrnn.reader.TimeSeries;
import io.sparkrnn.statistics.LeastSquares;
import io.sparkrnn.statistics.LinearFit;
import io.sparkrnn.statistics.TriangularFactor;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/**
 * Fits a linear model to the training parts of all series in one pass: executors reduce their rows
 * [X, Y] to triangles, the driver merges those in the order of partitions and solves.
 *
 * @param encoding of the series
 * @param parts of the series
 * @param all whether all steps are learnt, and not the training parts alone
 */
record LinearLearning(ForecastEncoding encoding, SeriesParts parts, boolean all)
    implements Serializable {

  /** Series of the file where there are several. */
  private static final String ALL = "all";

  /** Fits. */
  LearntLinear on(JavaRDD<TimeSeries> series, SeriesColumns columns) {
    List<String> names = new Regressors(encoding).names(columns);
    int outputs = encoding.settings().outputs();
    int width = names.size() + outputs;
    List<TriangularFactor> factors =
        series.mapPartitions(rows -> List.of(factor(rows, width)).iterator()).collect();
    TriangularFactor factor = new TriangularFactor(width);
    factors.forEach(factor::add);
    int[] targets = IntStream.range(names.size(), width).toArray();
    List<LinearFit> fits = LeastSquares.fitAll(factor, names, targets);
    List<String> first = series.map(TimeSeries::id).take(2);
    return new LearntLinear(
        first.size() == 1 ? first.get(0) : ALL,
        new ArrayList<>(names),
        fits.stream().map(LinearFit::coefficients).toArray(double[][]::new),
        standardErrors(fits),
        fits.stream().mapToDouble(LinearFit::unbiasedVariance).toArray());
  }

  /** All equations have the same regressors, so their errors differ by their variances alone. */
  private static double[][] standardErrors(List<LinearFit> fits) {
    double[] first = fits.get(0).standardErrors();
    double variance = fits.get(0).unbiasedVariance();
    double[][] errors = new double[fits.size()][];
    for (int e = 0; e < errors.length; e++) {
      double ratio = e == 0 ? 1 : Math.sqrt(fits.get(e).unbiasedVariance() / variance);
      errors[e] =
          variance == 0 && e > 0
              ? fits.get(e).standardErrors()
              : Arrays.stream(first).map(error -> error * ratio).toArray();
    }
    return errors;
  }

  private TriangularFactor factor(Iterator<TimeSeries> rows, int width) {
    Regressors regressors = new Regressors(encoding);
    int outputs = encoding.settings().outputs();
    TriangularFactor factor = new TriangularFactor(width);
    while (rows.hasNext()) {
      TimeSeries one = rows.next();
      ScaledSeries series = encoding.scaled(one, parts.trainingEnd(one));
      int end = all ? one.length() : parts.trainingEnd(one);
      for (int t = regressors.firstRow(); t + outputs < end; t++) {
        double[] row = Arrays.copyOf(regressors.of(one, t, regressors.own(series, t)), width);
        for (int h = 1; h <= outputs; h++) {
          row[width - outputs + h - 1] = encoding.target(series, t, h);
        }
        factor.add(row);
      }
    }
    return factor;
  }
}
