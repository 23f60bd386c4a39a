package io.sparkrnn.cell;

import io.sparkrnn.math.Activation;
import java.util.Arrays;
import java.util.List;

/**
 * Simple recurrent network (Elman 1990): h_t = f(U h_{t−1} + W x_t + b), f logistic or tanh.
 *
 * @param hiddenSize D
 * @param activation f
 */
public record ElmanCell(int hiddenSize, Activation activation) implements RecurrentCell {

  @Override
  public int gates() {
    return 1;
  }

  @Override
  public int stateSize() {
    return hiddenSize;
  }

  @Override
  public List<Stage> stages() {
    return List.of(new Stage(1, Sum.ADDED));
  }

  @Override
  public void forward(int stage, CellStep step) {
    for (int row = 0; row < step.rows(); row++) {
      int next = step.nextAt(row);
      System.arraycopy(step.gates(), step.gatesAt(row), step.next(), next, hiddenSize);
      activation.forward(step.next(), next, next + hiddenSize);
    }
  }

  @Override
  public void backward(int stage, CellStep step) {
    for (int row = 0; row < step.rows(); row++) {
      int dState = step.dStateAt(row);
      int dGates = step.dGatesAt(row);
      System.arraycopy(step.dState(), dState, step.dGates(), dGates, hiddenSize);
      activation.backward(step.next(), step.nextAt(row), step.dGates(), dGates, hiddenSize);
      Arrays.fill(step.dState(), dState, dState + hiddenSize, 0f);
    }
  }
}
