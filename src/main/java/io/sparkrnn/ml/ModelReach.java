package io.sparkrnn.ml;

import io.sparkrnn.cell.Cells;
import io.sparkrnn.cell.RecurrentCell;
import io.sparkrnn.error.DataException;
import io.sparkrnn.layer.GradientReach;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.spark.HadoopStorage;
import java.util.List;

/**
 * How far back the lowest recurrent layer of a trained model reaches, {@link GradientReach}; of one
 * that reads both ways, its forward direction.
 *
 * @param cell of the layer
 * @param norms ‖∂L/∂h_{t−k}‖ by lag k from 0
 */
@SuppressWarnings("ArrayRecordComponent") // a column of numbers
public record ModelReach(String cell, double[] norms) {

  private static final int SEQUENCES = 32;
  private static final List<String> PLACES = List.of("encoder.0.", "encoder.0.forward.");

  /** Reads a model folder, which holds a network of recurrent layers. */
  public static ModelReach of(HadoopStorage folder, int steps, long seed) {
    NetworkFiles files = NetworkFiles.read(folder);
    NetworkSettings settings = files.description().settings();
    if (settings.cell().equals(NetworkSettings.NO_CELL)) {
      throw new DataException(
          "model folder %s: expected recurrent layers, found a network without a cell"
              .formatted(folder.location()));
    }
    ParameterLayout all = files.description().build().layout();
    List<String> names = all.entries().stream().map(ParameterLayout.Entry::name).toList();
    String place =
        PLACES.stream()
            .filter(prefix -> names.contains(prefix + "W"))
            .findFirst()
            .orElseThrow(
                () ->
                    new DataException(
                        "model folder %s: expected a parameter encoder.0.W, found %s"
                            .formatted(folder.location(), names)));
    RecurrentCell cell = Cells.of(settings.cell(), settings.hiddenSizes().get(0));
    GradientReach reach = new GradientReach(cell, all.entry(place + "W").columns(), SEQUENCES);
    ParameterLayout layout = reach.layout();
    float[] parameters = new float[layout.size()];
    for (ParameterLayout.Entry entry : layout.entries()) {
      int from = all.entry(place + entry.name()).offset();
      System.arraycopy(files.parameters(), from, parameters, entry.offset(), entry.size());
    }
    return new ModelReach(settings.cell(), reach.norms(parameters, steps, RandomKey.ofSeed(seed)));
  }

  /** A layer as it is before any training. */
  public static ModelReach untrained(String cell, int hiddenSize, int steps, long seed) {
    GradientReach reach = new GradientReach(Cells.of(cell, hiddenSize), hiddenSize, SEQUENCES);
    RandomKey key = RandomKey.ofSeed(seed);
    float[] parameters = reach.layout().initialize(key.child("parameters"));
    return new ModelReach(cell, reach.norms(parameters, steps, key));
  }
}
