package io.sparkrnn.cell;

import io.sparkrnn.math.Activation;
import io.sparkrnn.parameter.Initializer;
import java.util.List;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; forget gate: Gers 2000). With z = W x_t
 * + b + U h_{t−1} + b_U in blocks i, f, g, o:
 *
 * <pre>
 * i, f, o = logistic(z)     g = tanh(z)
 * c_t = f∘c_{t−1} + i∘g     h_t = o∘tanh(c_t)
 * </pre>
 *
 * State: h, then c. The forget gate's bias begins at 1.
 *
 * @param hiddenSize D
 */
public record LstmCell(int hiddenSize) implements RecurrentCell {

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
  public Initializer biasInitializer() {
    return (bias, random) -> {
      bias.fill(0f);
      bias.columns(hiddenSize, hiddenSize).fill(1f);
    };
  }

  @Override
  public void forward(int stage, CellStep step) {
    int d = hiddenSize;
    float[] previous = step.previous();
    float[] next = step.next();
    float[] z = step.gates();
    for (int row = 0; row < step.rows(); row++) {
      int i = step.gatesAt(row);
      Activation.logistic(z, i, i + 2 * d);
      Activation.tanh(z, i + 2 * d, i + 3 * d);
      Activation.logistic(z, i + 3 * d, i + 4 * d);
      int h = step.nextAt(row);
      int c = h + d;
      int cBefore = step.previousAt(row) + d;
      for (int j = 0; j < d; j++) {
        float cell = z[i + d + j] * previous[cBefore + j] + z[i + j] * z[i + 2 * d + j];
        next[c + j] = cell;
        next[h + j] = cell;
      }
      Activation.tanh(next, h, h + d);
      for (int j = 0; j < d; j++) {
        next[h + j] *= z[i + 3 * d + j];
      }
    }
  }

  @Override
  public void backward(int stage, CellStep step) {
    int d = hiddenSize;
    float[] z = step.gates();
    float[] dz = step.dGates();
    float[] tanhC = new float[d];
    for (int row = 0; row < step.rows(); row++) {
      int at = step.gatesAt(row);
      int to = step.dGatesAt(row);
      int dh = step.dStateAt(row);
      int c = step.nextAt(row) + d;
      int cBefore = step.previousAt(row) + d;
      System.arraycopy(step.next(), c, tanhC, 0, d);
      Activation.tanh(tanhC, 0, d);
      for (int j = 0; j < d; j++) {
        float i = z[at + j];
        float f = z[at + d + j];
        float g = z[at + 2 * d + j];
        float o = z[at + 3 * d + j];
        float dhj = step.dState()[dh + j];
        float dc = step.dState()[dh + d + j] + dhj * o * (1f - tanhC[j] * tanhC[j]);
        dz[to + j] = dc * g * i * (1f - i);
        dz[to + d + j] = dc * step.previous()[cBefore + j] * f * (1f - f);
        dz[to + 2 * d + j] = dc * i * (1f - g * g);
        dz[to + 3 * d + j] = dhj * tanhC[j] * o * (1f - o);
        step.dState()[dh + j] = 0f;
        step.dState()[dh + d + j] = dc * f;
      }
    }
  }
}
