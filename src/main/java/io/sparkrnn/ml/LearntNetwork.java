package io.sparkrnn.ml;

import io.sparkrnn.cell.Cells;
import io.sparkrnn.network.Feedback;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.objective.ForecastDescription;
import io.sparkrnn.objective.ValueLoss;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.setting.Values;
import io.sparkrnn.spark.HadoopStorage;
import java.util.List;

/**
 * A network and its parameters.
 *
 * @param network its description
 * @param parameters its N values
 */
@SuppressWarnings("ArrayRecordComponent") // parameters are one array throughout
record LearntNetwork(NetworkDescription network, float[] parameters) implements Learnt {

  /** The form that the settings say, without widths. */
  static NetworkSettings form(Values values) {
    String model = values.get(ForecastSettings.MODEL);
    boolean delayed = model.equals(ForecastSettings.NARX) || model.equals(ForecastSettings.TDNN);
    NetworkSettings settings =
        new NetworkSettings(
            delayed ? NetworkSettings.NO_CELL : model,
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
                0),
            values.get(NetworkSettings.DELAYS),
            values.get(NetworkSettings.SKIP));
    if (!delayed) {
      Cells.of(model, 1);
    }
    return settings.requireConsistent();
  }

  /** The network for series of this encoding. */
  static NetworkDescription description(Values values, ForecastEncoding encoding) {
    return new NetworkDescription(
        encoding.inputs(),
        form(values),
        NetworkDescription.Output.STEP,
        encoding.settings().outputs() * loss(encoding.settings()).parameters());
  }

  /** What such a network is trained by, and predicts. */
  static ForecastDescription objective(ForecastEncoding encoding, NetworkDescription network) {
    ForecastSettings settings = encoding.settings();
    return new ForecastDescription(
        network,
        loss(settings),
        Normalizer.identity(settings.outputs()),
        settings.recursive()
            ? Feedback.of(ForecastEncoding.PREVIOUS, 1, Feedback.ALL_SHOWN)
            : Feedback.NONE);
  }

  /** What one value is trained by. */
  static ValueLoss loss(ForecastSettings settings) {
    return switch (settings.distribution()) {
      case ForecastSettings.GAUSSIAN -> ValueLoss.gaussian();
      case ForecastSettings.QUANTILES -> ValueLoss.quantiles(settings.backtest().quantiles());
      default -> ValueLoss.squared();
    };
  }

  @Override
  public Forecaster forecaster(ForecastEncoding encoding, String backend) {
    return new NetworkForecaster(encoding, this, backend);
  }

  @Override
  public String summary() {
    return network.summary();
  }

  static LearntNetwork read(HadoopStorage folder) {
    NetworkFiles files = NetworkFiles.read(folder);
    return new LearntNetwork(files.description(), files.parameters());
  }

  @Override
  public void write(HadoopStorage folder) {
    new NetworkFiles(network, parameters).write(folder);
  }
}
