package io.sparkrnn.layer;

import io.sparkrnn.cell.RecurrentCell;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.RandomStream;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.Packing;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.Arrays;

/**
 * How far back learning reaches in a recurrent layer: ‖∂L/∂h_{t−k}‖ over the lag k, where L = uᵀh_t
 * for a direction u of length 1, so that it is 1 at lag 0. Where it falls by a constant factor a
 * step, what lies far back is not learnt: the long-term dependency problem (Bengio, Simard and
 * Frasconi 1994). Exact, by backpropagation over the last k steps from the state before them, and
 * averaged (geometrically) over random sequences of standard normal inputs.
 *
 * @param cell of the layer
 * @param inputSize M
 * @param sequences to average over
 */
public record GradientReach(RecurrentCell cell, int inputSize, int sequences) {

  /** Names and shapes of the layer's parameters: W, U, b, bU and the cell's own. */
  public ParameterLayout layout() {
    ParameterLayout.Builder layout = ParameterLayout.builder();
    new Recurrent(cell).declare(layout, inputSize);
    return layout.build();
  }

  /**
   * The mean norms of a layer with these parameters.
   *
   * @param parameters of {@link #layout}
   * @param steps T, steps of a sequence; lags go from 0 to T
   * @param key of inputs and directions
   * @return a norm a lag
   */
  public double[] norms(float[] parameters, int steps, RandomKey key) {
    Rows inputs = normal(steps * sequences, inputSize, key.child("inputs").stream());
    Rows directions = normal(sequences, cell.hiddenSize(), key.child("directions").stream());
    for (int b = 0; b < sequences; b++) {
      Rows direction = directions.slice(b, 1);
      direction.scale((float) (1 / norm(direction)));
    }
    ParameterLayout layout = layout();
    double[] norms = new double[steps + 1];
    norms[0] = 1;
    for (int lag = 1; lag <= steps; lag++) {
      try (Pass pass =
          new Pass(
              new Parameters(layout, parameters),
              new Gradient(layout),
              Backend.gemm(Backend.JAVA))) {
        norms[lag] = meanNorm(inputs, directions, steps - lag, lag, pass);
      }
    }
    return norms;
  }

  private double meanNorm(Rows inputs, Rows directions, int before, int lag, Pass pass) {
    Recurrent layer = new Recurrent(cell);
    Rows zeros = Rows.zeros(sequences, cell.stateSize());
    Rows initial = Rows.zeros(sequences, cell.stateSize());
    pass.begin(Pass.Mode.TRAINING, RandomKey.ofSeed(0));
    if (before > 0) {
      layer.forward(batch(before), inputs.slice(0, before * sequences), zeros, initial, pass);
    }
    Rows after = inputs.slice(before * sequences, lag * sequences);
    layer.forward(batch(lag), after, initial, Rows.zeros(sequences, cell.stateSize()), pass);
    Rows slopes = Rows.zeros(lag * sequences, cell.hiddenSize());
    slopes.slice((lag - 1) * sequences, sequences).copyFrom(directions);
    Rows reached = Rows.zeros(sequences, cell.stateSize());
    layer.backwardParameters(batch(lag), slopes, zeros, reached, pass);
    double logarithms = 0;
    for (int b = 0; b < sequences; b++) {
      double norm = norm(reached.columns(0, cell.hiddenSize()).slice(b, 1));
      logarithms += Math.log(Math.max(norm, Float.MIN_NORMAL));
    }
    return Math.exp(logarithms / sequences);
  }

  private SequenceBatch batch(int steps) {
    int[] lengths = new int[sequences];
    Arrays.fill(lengths, steps);
    float[] weights = new float[sequences];
    Arrays.fill(weights, 1f);
    return new SequenceBatch(new Packing(lengths), weights);
  }

  private static Rows normal(int count, int width, RandomStream random) {
    Rows rows = Rows.zeros(count, width);
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < width; column++) {
        rows.set(row, column, (float) random.nextGaussian());
      }
    }
    return rows;
  }

  private static double norm(Rows row) {
    double sum = 0;
    for (float value : row.toArray()) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
