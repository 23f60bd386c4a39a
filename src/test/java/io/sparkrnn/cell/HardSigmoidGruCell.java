package io.sparkrnn.cell;

import io.sparkrnn.math.Activation;
import java.util.List;

/**
 * The GRU of early Keras, hard sigmoid in the place of σ and the reset before the product, gates r,
 * z, n: a cell of two stages as a user of the product would write it.
 *
 * @param hiddenSize D
 */
public record HardSigmoidGruCell(int hiddenSize) implements RecurrentCell {
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
      int z = r + d;
      int n = r + 2 * d;
      int before = step.previousAt(row);
      if (stage == 0) {
        HardSigmoid.forward(a, r, n);
        for (int j = 0; j < d; j++) {
          step.stageInput()[step.stageInputAt(row) + j] = a[r + j] * step.previous()[before + j];
        }
      } else {
        Activation.tanh(a, n, n + d);
        for (int j = 0; j < d; j++) {
          step.next()[step.nextAt(row) + j] =
              (1f - a[z + j]) * a[n + j] + a[z + j] * step.previous()[before + j];
        }
      }
    }
  }

  @Override
  public void backward(int stage, CellStep step) {
    int d = hiddenSize;
    float[] a = step.gates();
    float[] da = step.dGates();
    float[] dState = step.dState();
    for (int row = 0; row < step.rows(); row++) {
      int at = step.gatesAt(row);
      int to = step.dGatesAt(row);
      int dh = step.dStateAt(row);
      for (int j = 0; j < d; j++) {
        float previous = step.previous()[step.previousAt(row) + j];
        if (stage == 1) {
          float z = a[at + d + j];
          float n = a[at + 2 * d + j];
          da[to + d + j] = dState[dh + j] * (previous - n) * HardSigmoid.derivative(z);
          da[to + 2 * d + j] = dState[dh + j] * (1f - z) * (1f - n * n);
          dState[dh + j] *= z;
        } else {
          float r = a[at + j];
          float dReset = step.dStageInput()[step.dStageInputAt(row) + j];
          da[to + j] = dReset * previous * HardSigmoid.derivative(r);
          dState[dh + j] += dReset * r;
        }
      }
    }
  }
}
