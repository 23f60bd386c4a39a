package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.Vectors.concatenate;
import static io.sparkrnn.oracle.Vectors.part;

import java.util.ArrayList;
import java.util.List;

/**
 * y_t = [x_{t−first}, …, x_{t−last}]. What stands before the sequence is the state, newest first.
 *
 * @param first shortest delay
 * @param last longest delay
 * @param width values of x
 */
public record OracleTapDelay(int first, int last, int width) implements OracleLayer {
  @Override
  public int stateSize(NamedTensors tensors, String name) {
    return last * width;
  }

  @Override
  public OracleStates run(NamedTensors tensors, String name, double[][] inputs, double[] initial) {
    List<double[]> past = new ArrayList<>();
    for (int k = last; k >= 1; k--) {
      past.add(part(initial, k - 1, width));
    }
    past.addAll(List.of(inputs));
    double[][] outputs = new double[inputs.length][0];
    for (int t = 0; t < inputs.length; t++) {
      for (int k = first; k <= last; k++) {
        outputs[t] = concatenate(outputs[t], past.get(last + t - k));
      }
    }
    double[] state = {};
    for (int k = 1; k <= last; k++) {
      state = concatenate(state, past.get(past.size() - k));
    }
    return new OracleStates(outputs, state);
  }

  @Override
  public double[] summary(double[][] outputs) {
    return outputs[outputs.length - 1];
  }
}
