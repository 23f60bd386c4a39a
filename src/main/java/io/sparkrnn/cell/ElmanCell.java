package io.sparkrnn.cell;

import io.sparkrnn.math.Activation;
import io.sparkrnn.math.Rows;
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
    Rows next = step.next(0, step.rows(), 0);
    next.copyFrom(step.gates(0, step.rows(), 0));
    activation.forward(next);
  }

  @Override
  public void backward(int stage, CellStep step) {
    float[][] block = step.scratch(2);
    for (int row = 0; row < step.rows(); row += step.scratchRows()) {
      int rows = Math.min(step.scratchRows(), step.rows() - row);
      step.next(row, rows, 0).copyTo(block[0]);
      step.dState(row, rows, 0).copyTo(block[1]);
      activation.backward(block[0], 0, block[1], 0, rows * hiddenSize);
      step.dGates(row, rows, 0).copyFrom(block[1]);
      step.dState(row, rows, 0).fill(0f);
    }
  }
}
