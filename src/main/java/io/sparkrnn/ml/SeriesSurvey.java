package io.sparkrnn.ml;

import io.sparkrnn.reader.TimeSeries;
import io.sparkrnn.sequence.Normalizer;
import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;

/** One look at all series before anything is trained: counts, and sums for scaling. */
final class SeriesSurvey implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Columns of sums before those of past, future and static columns: target, its changes. */
  private static final int OWN = 2;

  private final ExactSums sums = new ExactSums();
  private long series;
  private long steps;
  private long trainingSteps;
  private int shortest = Integer.MAX_VALUE;
  private int longest;

  static SeriesSurvey of(JavaRDD<TimeSeries> series, SeriesParts parts) {
    return series.aggregate(
        new SeriesSurvey(),
        (survey, one) -> survey.with(one, parts.trainingEnd(one)),
        (a, b) -> a.plus(b));
  }

  private SeriesSurvey with(TimeSeries one, int trainingEnd) {
    series++;
    steps += one.length();
    trainingSteps += trainingEnd;
    shortest = Math.min(shortest, one.length());
    longest = Math.max(longest, one.length());
    if (trainingEnd > 0) {
      sums.add(rows(one, trainingEnd));
    }
    return this;
  }

  private static Features.Numbers rows(TimeSeries one, int end) {
    int pasts = one.past().length;
    int futures = one.future().length;
    int width = OWN + pasts + futures + one.statics().length;
    double[] values = new double[end * width];
    for (int t = 0; t < end; t++) {
      int at = t * width;
      values[at] = one.target()[t];
      values[at + 1] = t == 0 ? Double.NaN : one.target()[t] - one.target()[t - 1];
      for (int c = 0; c < pasts; c++) {
        values[at + OWN + c] = one.past()[c][t];
      }
      for (int c = 0; c < futures; c++) {
        values[at + OWN + pasts + c] = one.future()[c][t];
      }
      System.arraycopy(one.statics(), 0, values, at + OWN + pasts + futures, one.statics().length);
    }
    return new Features.Numbers(values, width);
  }

  private SeriesSurvey plus(SeriesSurvey other) {
    sums.merge(other.sums);
    series += other.series;
    steps += other.steps;
    trainingSteps += other.trainingSteps;
    shortest = Math.min(shortest, other.shortest);
    longest = Math.max(longest, other.longest);
    return this;
  }

  /** Series. */
  long series() {
    return series;
  }

  /** Steps of their training parts. */
  long trainingSteps() {
    return trainingSteps;
  }

  /** Mean, deviation and size of changes over all series. */
  SeriesScale scale() {
    Normalizer all = sums.normalizer();
    return new SeriesScale(all.mean(0), all.deviation(0), all.deviation(1) / all.deviation(0));
  }

  /** Scaling of past, future and static columns. */
  Normalizer columns() {
    Normalizer all = sums.normalizer();
    double[] mean = new double[all.width() - OWN];
    double[] deviation = new double[mean.length];
    for (int c = 0; c < mean.length; c++) {
      mean[c] = all.mean(OWN + c);
      deviation[c] = all.deviation(OWN + c);
    }
    return new Normalizer(mean, deviation);
  }

  /** Counts in words. */
  String summary() {
    if (series == 0) {
      return "no series";
    }
    return "%d series of %d to %d steps, %d steps in all, %d of them to train on"
        .formatted(series, shortest, longest, steps, trainingSteps);
  }
}
