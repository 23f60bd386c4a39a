package io.sparkrnn.cell;

import io.sparkrnn.math.Activation;
import java.util.List;

/**
 * The LSTM of early Keras, hard sigmoid in the place of σ, gates i, f, g, o: a cell as a user of
 * the product would write it.
 *
 * @param hiddenSize D
 */
public record HardSigmoidLstmCell(int hiddenSize) implements RecurrentCell {
  @Override
  public int gates() {
    return 4;
  }

  @Override
  public int stateSize() {
    return 2 * hiddenSize;
  }

  @Override
  public List<Stage> stages() {
    return List.of(new Stage(4, Sum.ADDED));
  }

  @Override
  public void forward(int stage, CellStep step) {
    int d = hiddenSize;
    float[] a = step.gates();
    for (int row = 0; row < step.rows(); row++) {
      int i = step.gatesAt(row);
      HardSigmoid.forward(a, i, i + 2 * d);
      Activation.tanh(a, i + 2 * d, i + 3 * d);
      HardSigmoid.forward(a, i + 3 * d, i + 4 * d);
      int h = step.nextAt(row);
      int c = h + d;
      int before = step.previousAt(row) + d;
      for (int j = 0; j < d; j++) {
        step.next()[c + j] =
            a[i + d + j] * step.previous()[before + j] + a[i + j] * a[i + 2 * d + j];
      }
      System.arraycopy(step.next(), c, step.next(), h, d);
      Activation.tanh(step.next(), h, h + d);
      for (int j = 0; j < d; j++) {
        step.next()[h + j] *= a[i + 3 * d + j];
      }
    }
  }

  @Override
  public void backward(int stage, CellStep step) {
    int d = hiddenSize;
    float[] a = step.gates();
    float[] da = step.dGates();
    float[] dState = step.dState();
    float[] tanhC = new float[d];
    for (int row = 0; row < step.rows(); row++) {
      System.arraycopy(step.next(), step.nextAt(row) + d, tanhC, 0, d);
      Activation.tanh(tanhC, 0, d);
      int at = step.gatesAt(row);
      int to = step.dGatesAt(row);
      int dh = step.dStateAt(row);
      int before = step.previousAt(row) + d;
      for (int j = 0; j < d; j++) {
        float i = a[at + j];
        float f = a[at + d + j];
        float g = a[at + 2 * d + j];
        float o = a[at + 3 * d + j];
        float dc = dState[dh + d + j] + dState[dh + j] * o * (1f - tanhC[j] * tanhC[j]);
        da[to + j] = dc * g * HardSigmoid.derivative(i);
        da[to + d + j] = dc * step.previous()[before + j] * HardSigmoid.derivative(f);
        da[to + 2 * d + j] = dc * i * (1f - g * g);
        da[to + 3 * d + j] = dState[dh + j] * tanhC[j] * HardSigmoid.derivative(o);
        dState[dh + j] = 0f;
        dState[dh + d + j] = dc * f;
      }
    }
  }
}
