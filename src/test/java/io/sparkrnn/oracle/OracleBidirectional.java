package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.Vectors.concatenate;
import static io.sparkrnn.oracle.Vectors.part;
import static io.sparkrnn.oracle.Vectors.reversed;

/**
 * Two recurrences with parameters of their own, {@code name.forward.*} from t = 1 to T and {@code
 * name.backward.*} from t = T to 1 (Schuster & Paliwal 1997). Output t is forward's at t followed
 * by backward's at t; states are forward's followed by backward's.
 *
 * @param cell the cell of both directions
 */
public record OracleBidirectional(OracleCell cell) implements OracleLayer {
  @Override
  public int stateSize(NamedTensors tensors, String name) {
    return 2 * new OracleRecurrent(cell).stateSize(tensors, name + ".forward");
  }

  @Override
  public OracleStates run(NamedTensors tensors, String name, double[][] inputs, double[] initial) {
    int stateSize = initial.length / 2;
    OracleRecurrent direction = new OracleRecurrent(cell);
    OracleStates forward =
        direction.run(tensors, name + ".forward", inputs, part(initial, 0, stateSize));
    OracleStates backward =
        direction.run(tensors, name + ".backward", reversed(inputs), part(initial, 1, stateSize));
    double[][] backwardOutputs = reversed(backward.outputs());
    double[][] outputs = new double[inputs.length][];
    for (int t = 0; t < inputs.length; t++) {
      outputs[t] = concatenate(forward.outputs()[t], backwardOutputs[t]);
    }
    return new OracleStates(outputs, concatenate(forward.last(), backward.last()));
  }

  @Override
  public double[] summary(double[][] outputs) {
    int size = outputs[0].length / 2;
    return concatenate(part(outputs[outputs.length - 1], 0, size), part(outputs[0], 1, size));
  }
}
