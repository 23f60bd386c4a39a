package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.Vectors.concatenate;

import java.util.Arrays;

/** Delayed inputs and a layer's outputs beside one another; both see the same inputs. */
public record OracleShortcut(OracleTapDelay inputs, OracleLayer layer) implements OracleLayer {
  @Override
  public int stateSize(NamedTensors tensors, String name) {
    return inputs.stateSize(tensors, name) + layer.stateSize(tensors, name);
  }

  @Override
  public OracleStates run(NamedTensors tensors, String name, double[][] rows, double[] initial) {
    int split = inputs.stateSize(tensors, name);
    OracleStates past = inputs.run(tensors, name, rows, Arrays.copyOf(initial, split));
    OracleStates states =
        layer.run(tensors, name, rows, Arrays.copyOfRange(initial, split, initial.length));
    double[][] outputs = new double[rows.length][];
    for (int t = 0; t < rows.length; t++) {
      outputs[t] = concatenate(past.outputs()[t], states.outputs()[t]);
    }
    return new OracleStates(outputs, concatenate(past.last(), states.last()));
  }

  @Override
  public double[] summary(double[][] outputs) {
    int split = (inputs.last() - inputs.first() + 1) * inputs.width();
    double[][] ofLayer = new double[outputs.length][];
    for (int t = 0; t < outputs.length; t++) {
      ofLayer[t] = Arrays.copyOfRange(outputs[t], split, outputs[t].length);
    }
    return concatenate(Arrays.copyOf(outputs[outputs.length - 1], split), layer.summary(ofLayer));
  }
}
