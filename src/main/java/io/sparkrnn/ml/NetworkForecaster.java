package io.sparkrnn.ml;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.Rows;
import io.sparkrnn.objective.Objective;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.Batcher;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.SequenceSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Forecasts of a trained network: from zero state it reads the context up to the origin, and its
 * outputs at the origin are the steps ahead.
 */
final class NetworkForecaster implements Forecaster {

  private static final int BATCH = 256;

  private final ForecastEncoding encoding;
  private final Objective<SequenceBatch> objective;
  private final Pass pass;

  NetworkForecaster(ForecastContent content, String backend) {
    encoding = content.encoding();
    objective = ForecastContent.objective(encoding, content.network()).build();
    Parameters parameters = new Parameters(objective.layout(), content.parameters());
    pass = new Pass(parameters, Gradient.none(objective.layout()), Backend.gemm(backend));
    pass.begin(Pass.Mode.INFERENCE, RandomKey.ofSeed(0));
  }

  @Override
  public List<Forecast> forecast(List<Origin> origins) {
    List<Sequence> sequences = new ArrayList<>();
    origins.forEach(origin -> sequences.add(sequence(origin)));
    SequenceSet set = new SequenceSet(encoding.schema(), sequences);
    Forecast[] forecasts = new Forecast[origins.size()];
    for (int[] items : Batcher.sorted(set.lengths(), BATCH)) {
      objective.predict(
          set.gather(items),
          pass,
          (position, outputs) ->
              forecasts[items[position]] = forecast(origins.get(items[position]), outputs));
    }
    return List.of(forecasts);
  }

  private Sequence sequence(Origin origin) {
    int to = origin.step() + 1;
    int from = Math.max(0, to - encoding.settings().context());
    return encoding.sequence(origin.series(), from, to, to, to);
  }

  private Forecast forecast(Origin origin, Rows outputs) {
    double base = origin.series().at(origin.step());
    double[] point = new double[encoding.settings().horizon()];
    int last = outputs.count() - 1;
    for (int h = 0; h < point.length; h++) {
      point[h] = encoding.level(outputs.get(last, h), base, origin.series().scale());
    }
    return Forecast.ofPoints(point);
  }
}
