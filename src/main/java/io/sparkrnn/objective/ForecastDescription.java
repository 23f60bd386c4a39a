package io.sparkrnn.objective;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.network.Feedback;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.network.NetworkDescription.Output;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.sequence.SequenceBatch;

/**
 * Values at every step, one or several horizons of them, as points or distributions, with or
 * without the network's own outputs as inputs. Of the outputs the first block of H stands for the
 * first parameter of the H targets, the next for the second, and so on.
 *
 * @param network has H·P outputs at every step
 * @param loss of one value, P outputs each
 * @param scale how the H targets were scaled; scores and predictions are in the original units
 * @param feedback inputs that are outputs of the step before; as many as targets, if there are any
 */
public record ForecastDescription(
    NetworkDescription network, ValueLoss loss, Normalizer scale, Feedback feedback)
    implements ObjectiveDescription {

  /** Checks that the parts fit. */
  public ForecastDescription {
    if (network.output() != Output.STEP || network.outputs() != scale.width() * loss.parameters()) {
      throw new ConfigurationException(
          "forecast: %d targets need %d outputs at every step, found %d"
              .formatted(scale.width(), scale.width() * loss.parameters(), network.outputs()));
    }
    if (feedback.present() && feedback.width() != scale.width()) {
      throw new ConfigurationException(
          "feedback: expected as many values as targets, %d, found %d"
              .formatted(scale.width(), feedback.width()));
    }
  }

  /** The same network in another mode of feedback. */
  public ForecastDescription with(Feedback other) {
    return new ForecastDescription(network, loss, scale, other);
  }

  @Override
  public Objective<SequenceBatch> build() {
    return new Forecast(this);
  }
}
