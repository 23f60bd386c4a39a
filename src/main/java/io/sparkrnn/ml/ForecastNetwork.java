package io.sparkrnn.ml;

import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.setting.Values;
import java.util.List;

/** The network of a forecaster. */
final class ForecastNetwork {

  private ForecastNetwork() {}

  /** The form that the settings say, without widths. */
  static NetworkSettings settings(Values values) {
    return new NetworkSettings(
        values.get(ForecastSettings.MODEL),
        values.get(NetworkSettings.HIDDEN_SIZES),
        false,
        NetworkSettings.LAST,
        values.get(NetworkSettings.HEAD_SIZES),
        values.get(NetworkSettings.HEAD_ACTIVATION),
        values.get(NetworkSettings.OUTPUT_BIAS),
        List.of(),
        new NetworkSettings.DropoutRates(
            values.get(NetworkSettings.INPUT_DROPOUT),
            values.get(NetworkSettings.LAYER_DROPOUT),
            values.get(NetworkSettings.OUTPUT_DROPOUT),
            0));
  }

  /** The network for series of this encoding. */
  static NetworkDescription of(Values values, ForecastEncoding encoding) {
    return new NetworkDescription(
        encoding.inputs(),
        settings(values),
        NetworkDescription.Output.STEP,
        encoding.settings().outputs());
  }
}
