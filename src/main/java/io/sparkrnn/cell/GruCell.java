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
    int d = hiddenSize;
    float[] a = step.gates();
    float[] u = step.product();
    for (int row = 0; row < step.rows(); row++) {
      int r = step.gatesAt(row);
      int n = r + 2 * d;
      int product = step.productAt(row);
      for (int j = 0; j < 2 * d; j++) {
        a[r + j] += u[product + j];
      }
      Activation.logistic(a, r, n);
      for (int j = 0; j < d; j++) {
        a[n + j] += a[r + j] * u[product + 2 * d + j];
      }
      Activation.tanh(a, n, n + d);
      int h = step.nextAt(row);
      int before = step.previousAt(row);
      for (int j = 0; j < d; j++) {
        float z = a[r + d + j];
        step.next()[h + j] = (1f - z) * a[n + j] + z * step.previous()[before + j];
      }
    }
  }

  @Override
  public void backward(int stage, CellStep step) {
    int d = hiddenSize;
    float[] a = step.gates();
    float[] da = step.dGates();
    float[] du = step.dProduct();
    for (int row = 0; row < step.rows(); row++) {
      int at = step.gatesAt(row);
      int un = step.productAt(row) + 2 * d;
      int toA = step.dGatesAt(row);
      int toU = step.dProductAt(row);
      int dh = step.dStateAt(row);
      int before = step.previousAt(row);
      for (int j = 0; j < d; j++) {
        float r = a[at + j];
        float z = a[at + d + j];
        float n = a[at + 2 * d + j];
        float dhj = step.dState()[dh + j];
        float dn = dhj * (1f - z) * (1f - n * n);
        float dr = dn * step.product()[un + j] * r * (1f - r);
        float dz = dhj * (step.previous()[before + j] - n) * z * (1f - z);
        da[toA + j] = dr;
        da[toA + d + j] = dz;
        da[toA + 2 * d + j] = dn;
        du[toU + j] = dr;
        du[toU + d + j] = dz;
        du[toU + 2 * d + j] = dn * r;
        step.dState()[dh + j] = dhj * z;
      }
    }
  }
}
