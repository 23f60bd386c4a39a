package io.sparkrnn.cell;

import io.sparkrnn.math.Activation;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.Initializer;
import io.sparkrnn.parameter.ParameterLayout;
import java.util.List;

/**
 * LSTM with peepholes (Gers 2002): a cell with parameters of its own, as a user of the product
 * would write it. With the rows p_i, p_f, p_o of {@code P} [3, D]:
 *
 * <pre>
 * i = σ(a_i + p_i∘c_{t−1})   f = σ(a_f + p_f∘c_{t−1})   g = tanh(a_g)
 * c_t = f∘c_{t−1} + i∘g      o = σ(a_o + p_o∘c_t)       h_t = o∘tanh(c_t)
 * </pre>
 *
 * @param hiddenSize D
 */
public record PeepholeLstmCell(int hiddenSize) implements RecurrentCell {
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
  public void declare(ParameterLayout.Builder own) {
    own.matrix("P", 3, hiddenSize, Initializer.zeros());
  }

  @Override
  public void forward(int stage, CellStep step) {
    int d = hiddenSize;
    Rows p = step.own().parameter("P");
    float[] a = step.gates();
    for (int row = 0; row < step.rows(); row++) {
      int i = step.gatesAt(row);
      int o = i + 3 * d;
      int h = step.nextAt(row);
      int c = h + d;
      int before = step.previousAt(row) + d;
      for (int j = 0; j < d; j++) {
        a[i + j] += p.get(0, j) * step.previous()[before + j];
        a[i + d + j] += p.get(1, j) * step.previous()[before + j];
      }
      Activation.logistic(a, i, i + 2 * d);
      Activation.tanh(a, i + 2 * d, o);
      for (int j = 0; j < d; j++) {
        float written = a[i + j] * a[i + 2 * d + j];
        step.next()[c + j] = a[i + d + j] * step.previous()[before + j] + written;
        a[o + j] += p.get(2, j) * step.next()[c + j];
      }
      Activation.logistic(a, o, o + d);
      System.arraycopy(step.next(), c, step.next(), h, d);
      Activation.tanh(step.next(), h, h + d);
      for (int j = 0; j < d; j++) {
        step.next()[h + j] *= a[o + j];
      }
    }
  }

  @Override
  public void backward(int stage, CellStep step) {
    int d = hiddenSize;
    Rows p = step.own().parameter("P");
    Rows dP = step.own().gradient("P");
    float[] a = step.gates();
    float[] da = step.dGates();
    float[] dState = step.dState();
    float[] tanhC = new float[d];
    for (int row = 0; row < step.rows(); row++) {
      int c = step.nextAt(row) + d;
      System.arraycopy(step.next(), c, tanhC, 0, d);
      Activation.tanh(tanhC, 0, d);
      int at = step.gatesAt(row);
      int to = step.dGatesAt(row);
      int dh = step.dStateAt(row);
      for (int j = 0; j < d; j++) {
        float i = a[at + j];
        float f = a[at + d + j];
        float g = a[at + 2 * d + j];
        float o = a[at + 3 * d + j];
        float previous = step.previous()[step.previousAt(row) + d + j];
        float dO = dState[dh + j] * tanhC[j] * o * (1f - o);
        float dc = dState[dh + d + j] + dState[dh + j] * o * (1f - tanhC[j] * tanhC[j]);
        dc += dO * p.get(2, j);
        float dI = dc * g * i * (1f - i);
        float dF = dc * previous * f * (1f - f);
        da[to + j] = dI;
        da[to + d + j] = dF;
        da[to + 2 * d + j] = dc * i * (1f - g * g);
        da[to + 3 * d + j] = dO;
        dP.set(0, j, dP.get(0, j) + dI * previous);
        dP.set(1, j, dP.get(1, j) + dF * previous);
        dP.set(2, j, dP.get(2, j) + dO * step.next()[c + j]);
        dState[dh + j] = 0f;
        dState[dh + d + j] = dc * f + dI * p.get(0, j) + dF * p.get(1, j);
      }
    }
  }
}
