package io.sparkrnn.cell;

import io.sparkrnn.math.Activation;
import java.util.List;

/**
 * Gated recurrent unit with the reset after the product (PyTorch, cuDNN). With the blocks r, z, n
 * of a = W x_t + b and u = U h_{t−1} + b_U:
 *
 * <pre>
 * r, z = logistic(a + u)     n = tanh(a_n + r∘u_n)
 * h_t = (1 − z)∘n + z∘h_{t−1}
 * </pre>
 *
 * @param hiddenSize D
 */
public record GruCell(int hiddenSize) implements RecurrentCell {

  private static final int SCRATCH = 7;

  @Override
  public int gates() {
    return 3;
  }

  @Override
  public int stateSize() {
    return hiddenSize;
  }

  @Override
  public List<Stage> stages() {
    return List.of(new Stage(3, Sum.APART));
  }

  @Override
  public void forward(int stage, CellStep step) {
    float[][] block = step.scratch(SCRATCH);
    float[] n = block[2];
    float[] h = block[6];
    for (int row = 0; row < step.rows(); row += step.scratchRows()) {
      int rows = Math.min(step.scratchRows(), step.rows() - row);
      int size = rows * hiddenSize;
      for (int gate = 0; gate < 3; gate++) {
        step.gates(row, rows, gate).copyTo(block[gate]);
        step.product(row, rows, gate).copyTo(block[3 + gate]);
      }
      step.previous(row, rows, 0).copyTo(h);
      add(size, block[0], block[3]);
      Activation.logistic(block[0], 0, size);
      add(size, block[1], block[4]);
      Activation.logistic(block[1], 0, size);
      addProduct(size, n, block[0], block[5]);
      Activation.tanh(n, 0, size);
      mix(size, block[1], n, h);
      for (int gate = 0; gate < 3; gate++) {
        step.gates(row, rows, gate).copyFrom(block[gate]);
      }
      step.next(row, rows, 0).copyFrom(h);
    }
  }

  private static void add(int size, float[] a, float[] u) {
    for (int j = 0; j < size; j++) {
      a[j] += u[j];
    }
  }

  private static void addProduct(int size, float[] n, float[] r, float[] un) {
    for (int j = 0; j < size; j++) {
      n[j] += r[j] * un[j];
    }
  }

  /** h_{t−1} becomes h_t. */
  private static void mix(int size, float[] z, float[] n, float[] h) {
    for (int j = 0; j < size; j++) {
      h[j] = (1f - z[j]) * n[j] + z[j] * h[j];
    }
  }

  @Override
  public void backward(int stage, CellStep step) {
    float[][] block = step.scratch(SCRATCH);
    float[] un = block[3];
    float[] before = block[4];
    float[] dh = block[5];
    for (int row = 0; row < step.rows(); row += step.scratchRows()) {
      int rows = Math.min(step.scratchRows(), step.rows() - row);
      int size = rows * hiddenSize;
      for (int gate = 0; gate < 3; gate++) {
        step.gates(row, rows, gate).copyTo(block[gate]);
      }
      step.product(row, rows, 2).copyTo(un);
      step.previous(row, rows, 0).copyTo(before);
      step.dState(row, rows, 0).copyTo(dh);
      backwardMix(size, block[1], block[2], before, dh);
      backwardReset(size, block[0], block[2], un);
      for (int gate = 0; gate < 3; gate++) {
        step.dGates(row, rows, gate).copyFrom(block[gate]);
      }
      step.dProduct(row, rows, 0).copyFrom(block[0]);
      step.dProduct(row, rows, 1).copyFrom(block[1]);
      step.dProduct(row, rows, 2).copyFrom(un);
      step.dState(row, rows, 0).copyFrom(dh);
    }
  }

  /** z and n become ∂loss/∂a of each, ∂loss/∂h_t its direct part for h_{t−1}. */
  private static void backwardMix(int size, float[] z, float[] n, float[] before, float[] dh) {
    for (int j = 0; j < size; j++) {
      float update = z[j];
      float candidate = n[j];
      float slope = dh[j];
      n[j] = slope * (1f - update) * (1f - candidate * candidate);
      z[j] = slope * (before[j] - candidate) * update * (1f - update);
      dh[j] = slope * update;
    }
  }

  /** r becomes ∂loss/∂a_r, u_n becomes ∂loss/∂u_n. */
  private static void backwardReset(int size, float[] r, float[] dn, float[] un) {
    for (int j = 0; j < size; j++) {
      float reset = r[j];
      r[j] = dn[j] * un[j] * reset * (1f - reset);
      un[j] = dn[j] * reset;
    }
  }
}
