package io.sparkrnn.ml;

import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.objective.RegressionDescription;
import io.sparkrnn.sequence.Normalizer;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a trained forecaster consists of. Immutable by agreement.
 *
 * @param encoding of series
 * @param parts of series
 * @param network its description
 * @param parameters its N values
 * @param calibrations of the intervals of the model and of each baseline, by name; empty if there
 *     are no intervals
 * @param summary of its training
 */
@SuppressWarnings("ArrayRecordComponent") // parameters are one array throughout
record ForecastContent(
    ForecastEncoding encoding,
    SeriesParts parts,
    NetworkDescription network,
    float[] parameters,
    LinkedHashMap<String, Calibration> calibrations,
    TrainingSummary summary)
    implements Serializable {

  /** The model among forecasters. */
  static final String MODEL = "model";

  /** The seasonal naive forecast. */
  static final String SEASONAL_NAIVE = "seasonal-naive";

  /** The last value repeated. */
  static final String REPEAT_LAST = "repeat-last";

  ForecastSettings settings() {
    return encoding.settings();
  }

  /** The objective of a network of forecasts. */
  static ObjectiveDescription objective(ForecastEncoding encoding, NetworkDescription network) {
    return new RegressionDescription(network, Normalizer.identity(encoding.settings().outputs()));
  }

  /** The same with intervals that are calibrated so. */
  ForecastContent calibrated(Map<String, Calibration> found) {
    return new ForecastContent(
        encoding, parts, network, parameters, new LinkedHashMap<>(found), summary);
  }

  /** The model and what it is compared with, each for one thread. */
  LinkedHashMap<String, Forecaster> forecasters(String backend) {
    LinkedHashMap<String, Forecaster> all = new LinkedHashMap<>();
    all.put(MODEL, new NetworkForecaster(this, backend));
    all.put(SEASONAL_NAIVE, new NaiveForecaster(settings().season(), settings().horizon()));
    all.put(REPEAT_LAST, new NaiveForecaster(1, settings().horizon()));
    return all;
  }
}
