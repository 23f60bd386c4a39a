package io.sparkrnn.objective;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.sequence.SequenceBatch;

/**
 * A forecast whose predictions are drawn: a step's row holds one value a path, and what a path drew
 * at a step is what it feeds back into the next. Quantiles of the paths are those of the forecast
 * at every horizon. A draw depends on the seed, the path, the step and the content of the sequence
 * alone, so batches may be cut in any way. Trains and scores as the forecast itself.
 *
 * @param forecast of one value a step, with a Gaussian or quantile loss
 * @param paths number of paths
 * @param seed of the draws
 */
public record SampledPathsDescription(ForecastDescription forecast, int paths, long seed)
    implements ObjectiveDescription {

  /** Checks that there is a distribution to draw from. */
  public SampledPathsDescription {
    if (paths < 1) {
      throw new ConfigurationException("paths: expected at least 1, found " + paths);
    }
    if (forecast.scale().width() != 1 || forecast.loss().parameters() < 2) {
      throw new ConfigurationException(
          "paths are drawn from a forecast of one value a step with a Gaussian or at least two quantiles; found %d values with %d outputs each"
              .formatted(forecast.scale().width(), forecast.loss().parameters()));
    }
  }

  @Override
  public NetworkDescription network() {
    return forecast.network();
  }

  @Override
  public Objective<SequenceBatch> build() {
    return new SampledPaths(this);
  }
}
