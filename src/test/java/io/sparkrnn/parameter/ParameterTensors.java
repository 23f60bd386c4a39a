package io.sparkrnn.parameter;

import io.sparkrnn.math.Rows;
import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.Vectors;
import java.util.Random;

/** Parameters and gradients of the product as the oracle's tensors, and back. */
public final class ParameterTensors {
  private ParameterTensors() {}

  /** The parameters, widened. */
  public static NamedTensors of(Parameters parameters) {
    return of(parameters.layout(), parameters.values());
  }

  /** The gradients, widened. */
  public static NamedTensors of(Gradient gradient) {
    return of(gradient.layout(), gradient.values());
  }

  private static NamedTensors of(ParameterLayout layout, float[] values) {
    NamedTensors tensors = new NamedTensors();
    for (ParameterLayout.Entry entry : layout.entries()) {
      double[] tensor = new double[entry.size()];
      for (int i = 0; i < tensor.length; i++) {
        tensor[i] = values[entry.offset() + i];
      }
      int[] shape = entry.shape().stream().mapToInt(Math::toIntExact).toArray();
      tensors.put(entry.name(), tensor, shape);
    }
    return tensors;
  }

  /** Writes the tensors that both sides name into the parameters, rounded. */
  public static void set(Parameters parameters, NamedTensors tensors) {
    for (ParameterLayout.Entry entry : parameters.layout().entries()) {
      if (tensors.contains(entry.name())) {
        double[] tensor = tensors.values(entry.name());
        Rows rows = parameters.rows(entry.name());
        for (int i = 0; i < entry.rows(); i++) {
          copy(Vectors.part(tensor, i, entry.columns()), rows, i);
        }
      }
    }
  }

  /** Draws every parameter, biases too, uniformly in ±bound. */
  public static void randomize(Parameters parameters, double bound, Random random) {
    float[] values = parameters.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
  }

  private static void copy(double[] values, Rows rows, int row) {
    for (int j = 0; j < values.length; j++) {
      rows.set(row, j, (float) values[j]);
    }
  }
}
