package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.Vectors.concatenate;

import java.util.Arrays;

/**
 * Delays, a layer, delays: the outputs of each are the inputs of the next. All have the parameters
 * of the layer's name; delays have none.
 */
public record OracleDelayed(OracleTapDelay before, OracleLayer layer, OracleTapDelay after)
    implements OracleLayer {
  @Override
  public int stateSize(NamedTensors tensors, String name) {
    return before.stateSize(tensors, name)
        + layer.stateSize(tensors, name)
        + after.stateSize(tensors, name);
  }

  @Override
  public OracleStates run(NamedTensors tensors, String name, double[][] inputs, double[] initial) {
    double[][] rows = inputs;
    double[] last = {};
    for (OracleLayer each : new OracleLayer[] {before, layer, after}) {
      int from = last.length;
      int to = from + each.stateSize(tensors, name);
      OracleStates states = each.run(tensors, name, rows, Arrays.copyOfRange(initial, from, to));
      rows = states.outputs();
      last = concatenate(last, states.last());
    }
    return new OracleStates(rows, last);
  }

  @Override
  public double[] summary(double[][] outputs) {
    return outputs[outputs.length - 1];
  }
}
