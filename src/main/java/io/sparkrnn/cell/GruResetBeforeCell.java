package io.sparkrnn.cell;

import io.sparkrnn.math.Activation;
import java.util.List;

/**
 * Gated recurrent unit with the reset before the product (Cho et al. 2014). With the blocks r, z, n
 * of a = W x_t + b and the blocks of b_U:
 *
 * <pre>
 * r, z = logistic(a + U_{r,z} h_{t−1} + b_U)     n = tanh(a_n + U_n (r∘h_{t−1}) + b_Un)
 * h_t = (1 − z)∘n + z∘h_{t−1}
 * </pre>
 *
 * Stage 0 is the product of r and z, stage 1 that of n on r∘h_{t−1}.
 *
 * @param hiddenSize D
 */
public record GruResetBeforeCell(int hiddenSize) implements RecurrentCell {

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
    return List.of(new Stage(2, Sum.ADDED), new Stage(1, Sum.ADDED));
  }

  @Override
  public void forward(int stage, CellStep step) {
    int d = hiddenSize;
    float[] a = step.gates();
    for (int row = 0; row < step.rows(); row++) {
      int r = step.gatesAt(row);
      int before = step.previousAt(row);
      if (stage == 0) {
        Activation.logistic(a, r, r + 2 * d);
        int to = step.stageInputAt(row);
        for (int j = 0; j < d; j++) {
          step.stageInput()[to + j] = a[r + j] * step.previous()[before + j];
        }
      } else {
        int n = r + 2 * d;
        Activation.tanh(a, n, n + d);
        int h = step.nextAt(row);
        for (int j = 0; j < d; j++) {
          float z = a[r + d + j];
          step.next()[h + j] = (1f - z) * a[n + j] + z * step.previous()[before + j];
        }
      }
    }
  }

  @Override
  public void backward(int stage, CellStep step) {
    for (int row = 0; row < step.rows(); row++) {
      if (stage == 1) {
        candidateBackward(step, row);
      } else {
        resetBackward(step, row);
      }
    }
  }

  /**
   * ∂loss/∂z and ∂loss/∂n before their non-linearities; what flows past the candidate to h_{t−1}.
   */
  private void candidateBackward(CellStep step, int row) {
    int d = hiddenSize;
    float[] a = step.gates();
    int at = step.gatesAt(row);
    int to = step.dGatesAt(row);
    int dh = step.dStateAt(row);
    int before = step.previousAt(row);
    for (int j = 0; j < d; j++) {
      float z = a[at + d + j];
      float n = a[at + 2 * d + j];
      float dhj = step.dState()[dh + j];
      step.dGates()[to + 2 * d + j] = dhj * (1f - z) * (1f - n * n);
      step.dGates()[to + d + j] = dhj * (step.previous()[before + j] - n) * z * (1f - z);
      step.dState()[dh + j] = dhj * z;
    }
  }

  /** ∂loss/∂r from the gradient of r∘h_{t−1}, and that gradient's way to h_{t−1}. */
  private void resetBackward(CellStep step, int row) {
    int d = hiddenSize;
    float[] a = step.gates();
    int at = step.gatesAt(row);
    int to = step.dGatesAt(row);
    int dh = step.dStateAt(row);
    int dInput = step.dStageInputAt(row);
    int before = step.previousAt(row);
    for (int j = 0; j < d; j++) {
      float r = a[at + j];
      float drh = step.dStageInput()[dInput + j];
      step.dGates()[to + j] = drh * step.previous()[before + j] * r * (1f - r);
      step.dState()[dh + j] += drh * r;
    }
  }
}
