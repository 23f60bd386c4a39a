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

  private static final int SCRATCH = 8;

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
    float[][] block = step.scratch(SCRATCH);
    float[] i = block[0];
    float[] f = block[1];
    float[] g = block[2];
    float[] o = block[3];
    float[] c = block[4];
    float[] h = block[5];
    for (int row = 0; row < step.rows(); row += step.scratchRows()) {
      int rows = Math.min(step.scratchRows(), step.rows() - row);
      int size = rows * hiddenSize;
      for (int gate = 0; gate < 4; gate++) {
        step.gates(row, rows, gate).copyTo(block[gate]);
      }
      step.previous(row, rows, 1).copyTo(c);
      Activation.logistic(i, 0, size);
      Activation.logistic(f, 0, size);
      Activation.tanh(g, 0, size);
      Activation.logistic(o, 0, size);
      for (int j = 0; j < size; j++) {
        c[j] = f[j] * c[j] + i[j] * g[j];
      }
      System.arraycopy(c, 0, h, 0, size);
      Activation.tanh(h, 0, size);
      for (int j = 0; j < size; j++) {
        h[j] *= o[j];
      }
      for (int gate = 0; gate < 4; gate++) {
        step.kept(row, rows, gate).copyFrom(block[gate]);
      }
      step.next(row, rows, 0).copyFrom(h);
      step.next(row, rows, 1).copyFrom(c);
    }
  }

  @Override
  public void backward(int stage, CellStep step) {
    float[][] block = step.scratch(SCRATCH);
    float[] tanhC = block[4];
    float[] before = block[5];
    float[] dh = block[6];
    float[] dc = block[7];
    for (int row = 0; row < step.rows(); row += step.scratchRows()) {
      int rows = Math.min(step.scratchRows(), step.rows() - row);
      int size = rows * hiddenSize;
      for (int gate = 0; gate < 4; gate++) {
        step.kept(row, rows, gate).copyTo(block[gate]);
      }
      step.next(row, rows, 1).copyTo(tanhC);
      step.previous(row, rows, 1).copyTo(before);
      step.dState(row, rows, 0).copyTo(dh);
      step.dState(row, rows, 1).copyTo(dc);
      Activation.tanh(tanhC, 0, size);
      backwardOutput(size, block[3], tanhC, dh, dc);
      backwardInputs(size, block[0], block[1], block[2], before, dc);
      for (int gate = 0; gate < 4; gate++) {
        step.dGates(row, rows, gate).copyFrom(block[gate]);
      }
      step.dState(row, rows, 0).fill(0f);
      step.dState(row, rows, 1).copyFrom(dc);
    }
  }

  /** ∂loss/∂c_t gains what came through h_t; o becomes ∂loss/∂z_o. */
  private static void backwardOutput(int size, float[] o, float[] tanhC, float[] dh, float[] dc) {
    for (int j = 0; j < size; j++) {
      dc[j] += dh[j] * o[j] * (1f - tanhC[j] * tanhC[j]);
    }
    for (int j = 0; j < size; j++) {
      o[j] = dh[j] * tanhC[j] * o[j] * (1f - o[j]);
    }
  }

  /** i, f, g become ∂loss/∂z of each, ∂loss/∂c_t becomes ∂loss/∂c_{t−1}. */
  private static void backwardInputs(
      int size, float[] i, float[] f, float[] g, float[] before, float[] dc) {
    for (int j = 0; j < size; j++) {
      float in = i[j];
      float forget = f[j];
      float candidate = g[j];
      float slope = dc[j];
      i[j] = slope * candidate * in * (1f - in);
      f[j] = slope * before[j] * forget * (1f - forget);
      g[j] = slope * in * (1f - candidate * candidate);
      dc[j] = slope * forget;
    }
  }
}
