package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.statistics.AutoregressionSettings;
import io.sparkrnn.statistics.EstimationMethod;
import io.sparkrnn.statistics.SeriesLeastSquares;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Fits a model to each series of a partition, one at a time.
 *
 * @param settings of the models
 * @param policy for series that cannot be fitted
 */
record SeriesFits(AutoregressionSettings settings, SeriesPolicy policy)
    implements FlatMapFunction<Iterator<NamedSeries>, SeriesFit> {

  @Override
  public Iterator<SeriesFit> call(Iterator<NamedSeries> series) {
    return new Fits(series);
  }

  private final class Fits implements Iterator<SeriesFit> {
    private final Iterator<NamedSeries> series;
    private final SeriesLeastSquares leastSquares =
        new SeriesLeastSquares(settings.order(), settings.intercept(), settings.criterion());
    private Optional<SeriesFit> next = Optional.empty();

    Fits(Iterator<NamedSeries> series) {
      this.series = series;
    }

    @Override
    public boolean hasNext() {
      while (next.isEmpty() && series.hasNext()) {
        next = fit(series.next());
      }
      return next.isPresent();
    }

    @Override
    public SeriesFit next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      SeriesFit fit = next.orElseThrow();
      next = Optional.empty();
      return fit;
    }

    private Optional<SeriesFit> fit(NamedSeries one) {
      try {
        if (settings.method() != EstimationMethod.LEAST_SQUARES) {
          return Optional.of(SeriesFit.of(one.id(), settings.fit(one.values())));
        }
        leastSquares.fit(one.values(), one.values().length);
        return Optional.of(SeriesFit.of(one.id(), leastSquares));
      } catch (DataException e) {
        policy.found(one.id(), String.valueOf(e.getMessage()));
        return Optional.empty();
      }
    }
  }
}
