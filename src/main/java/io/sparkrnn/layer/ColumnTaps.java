package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.List;

/**
 * Delays of their own for adjacent groups of columns: NARX(K_x, K_y) takes x at 0 … K_x beside y at
 * 1 … K_y (Leontaritis and Billings 1985). Output and state: the groups' side by side.
 *
 * @param groups delays of the columns, from the left
 */
public record ColumnTaps(List<TapDelay> groups) implements SequenceLayer {

  /** Keeps a copy of the list. */
  public ColumnTaps {
    groups = List.copyOf(groups);
  }

  @Override
  public int outputSize() {
    return groups.stream().mapToInt(TapDelay::outputSize).sum();
  }

  @Override
  public int stateSize() {
    return groups.stream().mapToInt(TapDelay::stateSize).sum();
  }

  @Override
  public int forwardSize() {
    return outputSize();
  }

  @Override
  public void declare(ParameterLayout.Builder layout, int inputSize) {
    int width = groups.stream().mapToInt(TapDelay::width).sum();
    if (inputSize != width) {
      throw new IllegalArgumentException(
          "delays of %d columns stand above %d".formatted(width, inputSize));
    }
  }

  @Override
  public Rows forward(SequenceBatch batch, Rows input, Rows initial, Rows last, Pass pass) {
    if (stateSize() == 0) {
      return input;
    }
    Rows output = pass.buffer("output", input.count(), outputSize());
    int column = 0;
    int state = 0;
    int to = 0;
    for (int i = 0; i < groups.size(); i++) {
      TapDelay group = groups.get(i);
      Rows delayed =
          group.forward(
              batch,
              input.columns(column, group.width()),
              initial.columns(state, group.stateSize()),
              last.columns(state, group.stateSize()),
              pass.child(Integer.toString(i)));
      output.columns(to, group.outputSize()).copyFrom(delayed);
      column += group.width();
      state += group.stateSize();
      to += group.outputSize();
    }
    return output;
  }

  @Override
  public Rows backward(SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass) {
    if (stateSize() == 0) {
      return dOutput;
    }
    int width = groups.stream().mapToInt(TapDelay::width).sum();
    Rows dInput = pass.buffer("dInput", dOutput.count(), width);
    int column = 0;
    int state = 0;
    int from = 0;
    for (int i = 0; i < groups.size(); i++) {
      TapDelay group = groups.get(i);
      Rows dGroup =
          group.backward(
              batch,
              dOutput.columns(from, group.outputSize()),
              dLast.columns(state, group.stateSize()),
              dInitial.columns(state, group.stateSize()),
              pass.child(Integer.toString(i)));
      dInput.columns(column, group.width()).copyFrom(dGroup);
      column += group.width();
      state += group.stateSize();
      from += group.outputSize();
    }
    return dInput;
  }
}
