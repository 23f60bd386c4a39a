package io.sparkrnn.objective;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.Rows;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.network.InputColumn;
import io.sparkrnn.network.NetworkDescription.Output;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.sequence.Packing;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.List;

/** Runs the network once a path, each with draws of its own. */
final class SampledPaths implements Objective<SequenceBatch> {

  private final Forecast forecast;
  private final Normalizer scale;
  private final List<InputColumn> inputs;
  private final int paths;
  private final RandomKey key;

  SampledPaths(SampledPathsDescription description) {
    forecast = new Forecast(description.forecast());
    scale = description.forecast().scale();
    inputs = description.network().inputs();
    paths = description.paths();
    key = RandomKey.ofSeed(description.seed()).child("paths");
  }

  @Override
  public ParameterLayout layout() {
    return forecast.layout();
  }

  @Override
  public LossSum lossAndGradient(SequenceBatch batch, Pass pass) {
    return forecast.lossAndGradient(batch, pass);
  }

  @Override
  public Metrics evaluate(SequenceBatch batch, Pass pass) {
    return forecast.evaluate(batch, pass);
  }

  @Override
  public Metrics nothing() {
    return forecast.nothing();
  }

  @Override
  public void predict(SequenceBatch batch, Pass pass, Receiver receiver) {
    RandomKey[] keys = keys(batch);
    Packing packing = batch.packing();
    Rows drawn = Rows.zeros(batch.totalRows(), paths);
    for (int path = 0; path < paths; path++) {
      int own = path;
      Rows outputs =
          forecast.forward(batch, (t, rank, rows, k) -> draw(rows, rank, keys[rank], own, t), pass);
      for (int t = 0; t < batch.steps(); t++) {
        Rows step = outputs.slice(packing.rowOffset(t), packing.activeAt(t));
        for (int rank = 0; rank < step.count(); rank++) {
          float value = draw(step, rank, keys[rank], path, t);
          drawn.set(packing.row(rank, t), path, (float) scale.restore(0, value));
        }
      }
    }
    Deliveries.deliver(batch, drawn, Output.STEP, receiver);
  }

  private float draw(Rows outputs, int rank, RandomKey sequence, int path, int t) {
    return (float) forecast.draw(outputs, rank, 0, sequence.child(path).child(t).stream());
  }

  /** A key for each rank, of what the network is shown of its sequence. */
  private RandomKey[] keys(SequenceBatch batch) {
    RandomKey[] keys = new RandomKey[batch.sequences()];
    for (int rank = 0; rank < keys.length; rank++) {
      keys[rank] = key;
      for (int t = 0; t < batch.packing().length(rank); t++) {
        keys[rank] = keys[rank].child(rowHash(batch, batch.packing().row(rank, t)));
      }
    }
    return keys;
  }

  private long rowHash(SequenceBatch batch, int row) {
    long hash = 0;
    for (InputColumn column : inputs) {
      if (column.embedded()) {
        hash = 31 * hash + batch.ids(column.name())[row];
        continue;
      }
      Rows values = batch.values(column.name());
      for (int j = 0; j < values.width(); j++) {
        hash = 31 * hash + Float.floatToIntBits(values.get(row, j));
      }
    }
    return hash;
  }
}
